import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'

/** A record as the upstream lists it. */
export type Row = Readonly<Record<string, unknown>>

/** All records as the upstream lists them, read from the emulator itself. */
export async function rowsOf(emulator: Emulator, days = ''): Promise<readonly Row[]> {
  const authorization = basicAuthorization(ADMINISTRATOR.account, ADMINISTRATOR.password)
  const rows: Row[] = []
  for (let page = 1; ; page++) {
    const url = `${emulator.url}/api/v1/remoterecord/histories.json?page=${page}&per_page=100${days}`
    const response = await fetch(url, { headers: { authorization } })
    const { remoterecords, next_page } = (await response.json()) as Answer
    rows.push(...remoterecords)
    if (next_page === null) return rows
  }
}

interface Answer {
  readonly remoterecords: readonly Row[]
  readonly next_page: string | null
}
