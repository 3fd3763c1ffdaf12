import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'

export const accountName = (at: number) => `caller-${at}@example.com`

export const PASSWORD = ADMINISTRATOR.password

/** What the emulator adds to texts that it gives to an account. */
export const stampOf = (account: string) => ` ‹${account}›`

const STAMP = / ‹([^›]*)›/g

/** The accounts for which something in a text was read. */
export const readersIn = (text: string) =>
  new Set(Array.from(text.matchAll(STAMP), ([, account = '']) => account))

/** The text as it is for nobody. */
export const withoutStamps = (text: string) => text.replaceAll(STAMP, '')
