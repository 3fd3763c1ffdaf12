import { GraphQLError } from 'graphql'
import type { Context } from '../context.ts'

/** What a caller's token may allow. */
export const SCOPES = ['record:read', 'contact:read', 'chat:read', 'summary:read'] as const
export type Scope = (typeof SCOPES)[number]

/** Read once for each token, because many fields need it. */
export type Permissions = Readonly<Record<Scope, boolean>>

export const permissionsOf = (granted: ReadonlySet<unknown>): Permissions => ({
  'record:read': granted.has('record:read'),
  'contact:read': granted.has('contact:read'),
  'chat:read': granted.has('chat:read'),
  'summary:read': granted.has('summary:read'),
})

/**
 * Callers without a token may read everything here: the upstream decides what their account may
 * read.
 */
export const EVERYTHING: Permissions = permissionsOf(new Set(SCOPES))

/** Throws a GraphQLError with code FORBIDDEN. */
export function assertMayRead({ permissions }: Pick<Context, 'permissions'>, scope: Scope): void {
  if (!permissions[scope]) throw REFUSALS[scope]
}

const refusalFor = (scope: Scope) =>
  new GraphQLError(`Expected a token with the scope ${scope}, got one without it.`, {
    extensions: { code: 'FORBIDDEN', retryable: false },
  })

/**
 * The errors are made once, because a stack for each field of each record would cost more than all
 * other work.
 */
const REFUSALS: Readonly<Record<Scope, GraphQLError>> = {
  'record:read': refusalFor('record:read'),
  'contact:read': refusalFor('contact:read'),
  'chat:read': refusalFor('chat:read'),
  'summary:read': refusalFor('summary:read'),
}

/** The sentence for descriptions. */
export const sentenceOn = (scopes: readonly Scope[]) =>
  `Callers who bring a token need its scope ${scopes.map(scope => `\`${scope}\``).join(' and ')}.`
