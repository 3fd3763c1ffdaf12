import { type Account, ADMINISTRATOR, SUMMARY_AGENT } from './answers/accounts.ts'
import { AGENTS } from './content/words/agents.ts'
import type { NamedOddity } from './odd/named-oddities.ts'

/** What a stand-alone run prints: commands that work as they stand. */
export function welcome(url: string, anyCsId: number, oddities: readonly NamedOddity[]): string {
  const list = `${url}/api/v1/remoterecord`
  return [
    `The emulated remote-assistance API listens at ${url}`,
    'All data is made up. Every start makes up the same records, up to today.',
    ...(oddities.length > 0 ? ['', 'It is odd on purpose:'] : []),
    ...oddities.map(({ meaning }) => `  ${meaning}.`),
    '',
    'Accounts:',
    `  ${login(ADMINISTRATOR)}  (administrator: everything)`,
    `  ${login(SUMMARY_AGENT)}  (agent: service summaries only)`,
    '',
    'Try:',
    curl(ADMINISTRATOR, `${list}/histories.json?page=1&per_page=3`),
    curl(ADMINISTRATOR, `${list}/histories_v2.json?page=1&per_page=3`),
    curl(ADMINISTRATOR, `${list}/histories/${AGENTS[0].id}.json?per_page=3`),
    curl(ADMINISTRATOR, `${list}/chatrecords/${anyCsId}.json`),
    curl(SUMMARY_AGENT, `${url}/api/v1/servicesummary/${anyCsId}.json?servicesummary_type=3`),
    '',
  ].join('\n')
}

const login = ({ account, password }: Account) => `${account}:${password}`

const curl = (account: Account, url: string) => `  curl -u '${login(account)}' '${url}'`
