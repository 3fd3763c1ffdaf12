import { GRAPHQL_RESPONSE } from '../gateway.ts'

/** A request, but for what says who sends it. */
export interface Attack {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** How an attack is refused: its status, and the code of its error. */
export type Refused = readonly [what: string, attack: Attack, refusal: string]

export const ask = (query: string, variables: unknown = {}): Attack => ({
  body: JSON.stringify({ query, variables }),
})

/** The same with other header fields. */
export const askWith = (headers: Readonly<Record<string, string>>, query = '{ __typename }') => ({
  ...ask(query),
  headers: { ...GRAPHQL_RESPONSE, ...headers },
})

export const times = (count: number, partAt: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => partAt(at)).join(' ')

export const CS_ID = 'query ($i: ID!) { remoteRecord(csId: $i) { csId } }'
export const REFERENCES = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'
export const DEAR =
  '{ remoteRecords(first: 100) { nodes { serviceSummary { state } chatMessages { totalCount } } } }'
