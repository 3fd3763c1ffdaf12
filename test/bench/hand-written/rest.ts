import { Pool } from 'undici'

/** A row of the REST API. Every number may come as a string, and every field may be missing. */
export type Row = Readonly<Record<string, unknown>>

interface RecordPage {
  readonly remoterecords: readonly Row[]
}

interface ChatPage {
  readonly remote_chatrecords: { readonly contents: readonly Row[] }
}

export interface SummaryAnswer {
  readonly status: string
  readonly data?: { readonly serviceSummary: Row }
}

const RECORDS = '/api/v1/remoterecord'
const TIMEOUT_MS = 15_000

/**
 * The calls of the REST API that the operations need. Each asks for as many rows as its caller
 * wants, from the start of the list: the newest records, the first messages.
 */
export class Rest {
  readonly #pool: Pool
  readonly #headers: Record<string, string>

  constructor(origin: string, account: string, password: string) {
    const credentials = Buffer.from(`${account}:${password}`).toString('base64')
    this.#headers = { accept: 'application/json', authorization: `Basic ${credentials}` }
    this.#pool = new Pool(origin, {
      // As many as the gateway opens.
      connections: 32,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
  }

  records = (count: number) => this.#records(`${RECORDS}/histories.json`, count)

  labelledRecords = (count: number) => this.#records(`${RECORDS}/histories_v2.json`, count)

  agentRecords = (servicerId: number, count: number) =>
    this.#records(`${RECORDS}/histories/${servicerId}.json`, count)

  async messages(csId: number, count: number): Promise<readonly Row[]> {
    const path = `${RECORDS}/chatrecords/${csId}.json?page=1&per_page=${count}`
    return (await this.#get<ChatPage>(path)).remote_chatrecords.contents
  }

  summary = (csId: number) =>
    this.#get<SummaryAnswer>(`/api/v1/servicesummary/${csId}.json?servicesummary_type=3`)

  async #records(path: string, count: number): Promise<readonly Row[]> {
    return (await this.#get<RecordPage>(`${path}?page=1&per_page=${count}`)).remoterecords
  }

  async #get<Body>(path: string): Promise<Body> {
    const request = { method: 'GET', path, headers: this.#headers } as const
    const { statusCode, body } = await this.#pool.request(request)
    if (statusCode === 200) return (await body.json()) as Body
    await body.dump()
    throw new Error(`the REST API answered ${statusCode} for ${path}`)
  }
}
