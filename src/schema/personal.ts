/**
 * The tag of fields that tell of a person: names, ways to reach one, and what somebody wrote. A
 * contract leaves them out of a supergraph, and a router can act on them. Never on a key: who has
 * an entity may know its key.
 */
export const PERSONAL = 'personal'
