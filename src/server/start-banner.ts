import type { CallersMode } from '../config.ts'

interface StartBannerOptions {
  readonly url: string
  /** Undefined: the embedded emulator. */
  readonly upstreamUrl: string | undefined
  readonly callers: CallersMode
  /** As whom the upstream is asked for all callers; undefined if it is the emulator's. */
  readonly accountName: string | undefined
  readonly onlyTrustedDocuments: boolean
  readonly hasGraphiql: boolean
  /** How many documents run by an id. */
  readonly trustedDocuments: number
  /** The emulator's accounts, which are no secret. */
  readonly emulatedAccounts: readonly EmulatedAccount[]
}

/** Of data that is made up, so that its password is no secret. */
export interface EmulatedAccount {
  readonly account: string
  readonly password: string
}

/** What a person who has just started the gateway should know. */
export function startBanner(options: StartBannerOptions): string {
  const { upstreamUrl } = options
  return [
    ...documentsLines(options),
    upstreamUrl === undefined
      ? 'All data is MADE UP by an embedded emulator. Set BANGWO8_URL to use a real upstream.'
      : `All data is REAL: it comes from ${upstreamUrl}.`,
    ...callersLines(options),
    '',
  ].join('\n')
}

function documentsLines(options: StartBannerOptions) {
  const { url, onlyTrustedDocuments, hasGraphiql, trustedDocuments } = options
  if (onlyTrustedDocuments)
    return [
      `GraphQL is at ${url}, for ${trustedDocuments} trusted ${trustedDocuments === 1 ? 'document' : 'documents'} only, without GraphiQL.`,
    ]
  const place = `GraphQL is at ${url}${hasGraphiql ? '; open it in a browser for GraphiQL' : ''}.`
  const byId = `Trusted documents that also run by their ids: ${trustedDocuments}.`
  return trustedDocuments > 0 ? [place, byId] : [place]
}

function callersLines(options: StartBannerOptions) {
  const { upstreamUrl, callers, accountName, emulatedAccounts } = options
  const account = accountName === undefined ? 'one account' : `the account ${accountName}`
  if (callers === 'open') return [`Everyone may ask; the upstream is asked as ${account}.`]
  if (callers === 'jwt')
    return [`Callers bring a bearer token of the issuer's; the upstream is asked as ${account}.`]
  const emulated = emulatedAccounts.map(({ account, password }) => `  ${account}:${password}`)
  return upstreamUrl === undefined
    ? ['Callers bring an account by HTTP Basic. The emulator knows these:', ...emulated]
    : ['Callers bring their own account of the upstream by HTTP Basic.']
}
