import { setTimeout as wait } from 'node:timers/promises'
import type { TypedDocumentString } from '../generated/graphql.ts'

export interface GatewayError {
  readonly message: string
  /** Where in the answer a null stands for what failed. */
  readonly path?: readonly (string | number)[]
  readonly extensions: {
    readonly code: string
    /** Whether the same request may succeed later. */
    readonly retryable?: boolean
    readonly retryAfterMs?: number
  }
}

/** Whatever came, and why the rest did not. */
export interface Answer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly GatewayError[]
}

/** No data came, and asking again would not help, or did not. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'

  constructor(errors: readonly GatewayError[]) {
    super(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'))
  }
}

export interface ClientOptions {
  readonly url: string
  /** The whole header value; none where the gateway is open. */
  readonly authorization?: string | undefined
  /** The pause before the second attempt; it doubles from one to the next. */
  readonly retryDelayMs: number
}

export type Client = ReturnType<typeof createClient>

export const MAX_ATTEMPTS = 4
const MAX_PAUSE_MS = 60_000

export function createClient({ url, authorization, retryDelayMs }: ClientOptions) {
  /** Asks again as long as nothing came and that may change. What came in part is an answer. */
  async function ask<Data extends object, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<{ readonly data: Data; readonly errors: readonly GatewayError[] }> {
    for (let attempt = 1; ; attempt++) {
      const { data, errors = [] } = await send<Data>({
        documentId: document.__meta__?.hash,
        variables,
      })
      if (data && Object.values(data).some(value => value !== null)) return { data, errors }
      if (!(await mayAskAgain(errors, attempt))) throw new NoAnswerError(errors)
    }
  }

  async function send<Data>(body: object): Promise<Answer<Data>> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/graphql-response+json',
          'content-type': 'application/json',
          ...(authorization && { authorization }),
        },
        body: JSON.stringify(body),
      })
      return (await response.json()) as Answer<Data>
    } catch (error) {
      const extensions = { code: 'GATEWAY_UNREACHABLE', retryable: true }
      return { errors: [{ message: String(error), extensions }] }
    }
  }

  /** False where asking again cannot help; else resolves when it is time to. */
  async function mayAskAgain(errors: readonly GatewayError[], attempt: number): Promise<boolean> {
    const retryable = errors.filter(({ extensions }) => extensions.retryable)
    if (retryable.length === 0 || attempt >= MAX_ATTEMPTS) return false
    const asked = retryable.map(({ extensions }) => extensions.retryAfterMs ?? 0)
    const pauseMs = Math.max(retryDelayMs * 2 ** (attempt - 1), ...asked)
    if (pauseMs > MAX_PAUSE_MS) return false
    await wait(pauseMs)
    return true
  }

  return { ask, mayAskAgain }
}
