import type { Account } from '../config.ts'

export interface AnnouncementOptions {
  readonly url: string
  /** Undefined: the embedded emulator. */
  readonly upstreamUrl: string | undefined
  readonly callersBringAccounts: boolean
  /** The emulator's accounts, which are no secret. */
  readonly emulatedAccounts: readonly Account[]
}

/** What a person should know who has just started the gateway. */
export function announcement(options: AnnouncementOptions): string {
  const { url, upstreamUrl } = options
  return [
    `GraphQL is at ${url}; open it in a browser for GraphiQL.`,
    upstreamUrl === undefined
      ? 'All data is MADE UP by an embedded emulator. Set BANGWO8_URL to use a real upstream.'
      : `The upstream is ${upstreamUrl}.`,
    ...callersLines(options),
    '',
  ].join('\n')
}

function callersLines({
  upstreamUrl,
  callersBringAccounts,
  emulatedAccounts,
}: AnnouncementOptions) {
  if (!callersBringAccounts) return ['Everyone may ask; the upstream is asked as one account.']
  const emulated = emulatedAccounts.map(({ account, password }) => `  ${account}:${password}`)
  return upstreamUrl === undefined
    ? ['Callers bring an account by HTTP Basic. The emulator knows these:', ...emulated]
    : ['Callers bring their own account of the upstream by HTTP Basic.']
}
