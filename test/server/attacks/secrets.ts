import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import type { Oddities } from '../../../src/emulator/odd/oddities.ts'

/** Values of the upstream that may be in an answer's data alone, and only if the caller may read them. */
const CONTACT_CANARY = 'canary-of-a-contact'
const CHAT_CANARY = 'canary-of-a-chat'

/** Has contacts and chats say what they are. */
export const PLANTED: Oddities = {
  lists: {
    row: row => ({
      ...row,
      companyName: `${row.companyName}${CONTACT_CANARY}`,
      contactor: `${row.contactor}${CONTACT_CANARY}`,
    }),
  },
  chatrecords: { row: row => ({ ...row, msg: `${row.msg}${CHAT_CANARY}` }) },
}

/** Passwords, and what holds them on their way. */
export const SECRETS = [ADMINISTRATOR, SUMMARY_AGENT].flatMap(({ account, password }) => [
  password,
  Buffer.from(`${account}:${password}`).toString('base64'),
])

/** As the emulator makes them up: no number of China is like these. */
const PHONE = /\b12\d{9}\b|\b0\d\d-000\d{5}\b/
const CHINESE = /\p{Script=Han}/u

/** Whether something personal is in a text. All that the emulator makes up of people is Chinese. */
export const isPersonal = (text: string): boolean =>
  [CONTACT_CANARY, CHAT_CANARY].some(canary => text.includes(canary)) ||
  PHONE.test(text) ||
  CHINESE.test(text)

/** Which scopes the data of an answer shows to have been used. */
export function scopesShown(data: string): string[] {
  const hasContact = data.includes(CONTACT_CANARY) || PHONE.test(data)
  return [
    ...(hasContact ? ['contact:read'] : []),
    ...(data.includes(CHAT_CANARY) ? ['chat:read'] : []),
  ]
}
