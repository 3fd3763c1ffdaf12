import { cacheConflicts } from './cache.ts'
import { jwtConflicts } from './jwt.ts'
import { isInsecure } from './kinds.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Must be written out before the gateway lets everyone in where NODE_ENV is production. */
export const OPEN_IN_PRODUCTION = 'everyone-may-read-everything'

/** Finds problems that concern several variables at once. */
export function findConflicts(set: Environment): string[] {
  const isProduction = set.NODE_ENV === 'production'
  const isOpen = set.CALLERS === 'open'
  const isJwt = set.CALLERS === 'jwt'
  const isHalf = !set.BANGWO8_ACCOUNT !== !set.BANGWO8_PASSWORD
  const missing = set.BANGWO8_ACCOUNT ? 'BANGWO8_PASSWORD' : 'BANGWO8_ACCOUNT'
  const conflicts: [boolean, string][] = [
    [
      isProduction && !set.BANGWO8_URL,
      'BANGWO8_URL: expected the upstream, because NODE_ENV is production; the embedded emulator makes its data up',
    ],
    [
      isProduction && isInsecure(set.BANGWO8_URL) && !set.ALLOW_INSECURE_UPSTREAM,
      'BANGWO8_URL: expected https, because NODE_ENV is production: over http, passwords can be read on their way; if the way is safe, set ALLOW_INSECURE_UPSTREAM to 1',
    ],
    [!set.AUDIT_LOG !== !set.AUDIT_KEY, 'AUDIT_LOG, AUDIT_KEY: expected both or neither'],
    [isHalf, `${missing}: expected beside the other one of account and password`],
    [
      (isOpen || isJwt) && !!set.BANGWO8_URL && !set.BANGWO8_ACCOUNT && !set.BANGWO8_PASSWORD,
      `BANGWO8_ACCOUNT, BANGWO8_PASSWORD: expected the account that all callers share, because CALLERS is ${set.CALLERS}`,
    ],
    ...(isJwt ? jwtConflicts(set, isProduction) : []),
    ...cacheConflicts(set),
    [
      isProduction && isOpen && !set.CALLERS_OPEN_IN_PRODUCTION,
      `CALLERS: open lets everyone in, and NODE_ENV is production; if that is meant, set CALLERS_OPEN_IN_PRODUCTION to ${OPEN_IN_PRODUCTION}`,
    ],
    [
      set.DOCUMENTS === 'trusted' && !set.DOCUMENTS_MANIFEST,
      'DOCUMENTS_MANIFEST: expected the file that lists the documents, because DOCUMENTS is trusted',
    ],
  ]
  return conflicts.flatMap(([isBroken, problem]) => (isBroken ? [problem] : []))
}
