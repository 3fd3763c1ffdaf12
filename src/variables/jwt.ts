import { z } from 'zod'
import { httpUrl, isInsecure, wholeNumber } from './kinds.ts'

/** What a token has to be. */
export interface JwtConfig {
  readonly issuer: string
  readonly audience: string
  readonly jwksUrl: string
  readonly algorithms: readonly string[]
  readonly clockSkewSeconds: number
}

/** With a key pair: whoever may verify a token of these cannot make one. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
] as const

export const JWT_VARIABLES = {
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_JWKS_URL: httpUrl().optional(),
  JWT_ALGORITHMS: z
    .string()
    .transform(names => names.split(',').map(name => name.trim()))
    .pipe(z.array(z.enum(ALGORITHMS, `some of ${ALGORITHMS.join(', ')}`)))
    .default(['RS256', 'ES256', 'EdDSA']),
  JWT_CLOCK_SKEW_SECONDS: wholeNumber(0, 300, 30),
}

const SHAPE = z.object(JWT_VARIABLES)

/** Undefined if a variable is missing. */
export function toJwtConfig(variables: z.output<typeof SHAPE>): JwtConfig | undefined {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_JWKS_URL: jwksUrl } = variables
  if (!issuer || !audience || !jwksUrl) return undefined
  return {
    issuer,
    audience,
    jwksUrl,
    algorithms: variables.JWT_ALGORITHMS,
    clockSkewSeconds: variables.JWT_CLOCK_SKEW_SECONDS,
  }
}

/** What no variable of tokens shows by itself, each with what is wrong then. */
export const jwtConflicts = (
  set: Readonly<Record<string, string | undefined>>,
  isProduction: boolean,
): [boolean, string][] => [
  ...['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL'].map((name): [boolean, string] => [
    !set[name],
    `${name}: expected beside CALLERS, which is jwt`,
  ]),
  [
    isProduction && isInsecure(set.JWT_JWKS_URL),
    'JWT_JWKS_URL: expected https, because NODE_ENV is production: whoever changes the keys on their way makes tokens',
  ],
]
