import { Pool } from 'undici'

/** A row of the REST API. Every number may come as a string, and every field may be missing. */
export type Row = Readonly<Record<string, unknown>>

export interface RecordPage {
  readonly remoterecords: readonly Row[]
}

export interface ChatPage {
  readonly remote_chatrecords: { readonly contents: readonly Row[] }
}

export interface SummaryAnswer {
  readonly status: string
  readonly data?: { readonly serviceSummary: Row }
}

/** The gateway's pages have this size too: the calls are the same, to the parameter. */
const PAGE = 'page=1&per_page=100'
const RECORDS = '/api/v1/remoterecord'
const TIMEOUT_MS = 15_000

/** The calls of the REST API that the six operations need. */
export class Rest {
  readonly #pool: Pool
  readonly #headers: Record<string, string>

  constructor(origin: string, account: string, password: string) {
    const credentials = Buffer.from(`${account}:${password}`).toString('base64')
    this.#headers = { accept: 'application/json', authorization: `Basic ${credentials}` }
    this.#pool = new Pool(origin, {
      connections: 32,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
  }

  records = () => this.#get<RecordPage>(`${RECORDS}/histories.json?${PAGE}`)

  labelledRecords = () => this.#get<RecordPage>(`${RECORDS}/histories_v2.json?${PAGE}`)

  agentRecords = (servicerId: number) =>
    this.#get<RecordPage>(`${RECORDS}/histories/${servicerId}.json?${PAGE}`)

  chat = (csId: number) => this.#get<ChatPage>(`${RECORDS}/chatrecords/${csId}.json?${PAGE}`)

  summary = (csId: number) =>
    this.#get<SummaryAnswer>(`/api/v1/servicesummary/${csId}.json?servicesummary_type=3`)

  async #get<Body>(path: string): Promise<Body> {
    const request = { method: 'GET', path, headers: this.#headers } as const
    const { statusCode, body } = await this.#pool.request(request)
    if (statusCode === 200) return (await body.json()) as Body
    await body.dump()
    throw new Error(`the REST API answered ${statusCode} for ${path}`)
  }
}
