import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { type Answer, type AnswerHead, encodingOf, tooLarge } from '../bodies/answer.ts'
import { createSink, type Sink } from '../bodies/body.ts'
import type { LargeBodies } from '../bodies/large-bodies.ts'
import { foreignNotFound } from '../bodies/status-error.ts'
import type { EndpointName } from '../endpoint.ts'
import { toBodyError, toRequestError } from './transport-error.ts'

type Controller = Dispatcher.DispatchController

/** What is read of a body that is no data, also so that its connection can serve the next call. */
const DUMPED_BYTES = 16 * 1024
const DUMP_MS = 1000

/**
 * One request and its answer, as undici reports them. It gathers the body's pieces itself:
 * undici's `request` would make a stream for each call, only to have it read to its end at once.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #endpoint: EndpointName
  readonly #largeBodies: LargeBodies
  #maxBytes: number
  readonly #outcome = Promise.withResolvers<Answer>()
  readonly #pieces: Buffer[] = []
  #size = 0
  #head: AnswerHead | undefined
  #sink: Sink | undefined
  #controller: Controller | undefined
  #cancellation: Error | undefined
  #dumpTimer: NodeJS.Timeout | undefined

  /** `maxBytes` is of the decoded body. */
  constructor(endpoint: EndpointName, maxBytes: number, largeBodies: LargeBodies) {
    this.#endpoint = endpoint
    this.#maxBytes = maxBytes
    this.#largeBodies = largeBodies
  }

  /**
   * An answer of 200 or 404, whole and decoded. Rejects with an UpstreamError, or with the reason
   * for which it was canceled.
   */
  get answer(): Promise<Answer> {
    return this.#outcome.promise
  }

  /** Of the answer; undefined until one begins. */
  get status(): number | undefined {
    return this.#head?.status
  }

  /** Ends it, wherever it is: a request that still waits for a connection is not sent any more. */
  cancel(reason: Error): void {
    clearTimeout(this.#dumpTimer)
    this.#outcome.reject(reason)
    this.#cancellation = reason
    this.#sink?.destroy()
    this.#controller?.abort(reason)
  }

  /** Receives no more of its body, until it is to proceed. */
  halt(): void {
    this.#sink?.pause()
  }

  proceed(): void {
    this.#sink?.resume()
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller
    if (this.#cancellation) controller.abort(this.#cancellation)
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    // It only announces another answer.
    if (status < 200) return
    const head = { status, headers }
    this.#head = head
    try {
      this.#sink = createSink(encodingOf(this.#endpoint, head), {
        onPiece: piece => this.#keep(piece),
        onEnd: () => this.#resolve(),
        onError: cause => this.cancel(toBodyError(this.#endpoint, cause)),
        pause: () => controller.pause(),
        resume: () => controller.resume(),
      })
      if (status !== 200) this.#limitErrorBody()
    } catch (error) {
      this.#outcome.reject(error)
      this.#dumpTimer = setTimeout(() => controller.abort(new DumpedError()), DUMP_MS)
    }
  }

  onResponseData(controller: Controller, piece: Buffer): void {
    if (this.#sink) this.#sink.write(piece)
    else this.#dump(controller, piece)
  }

  onResponseEnd(): void {
    clearTimeout(this.#dumpTimer)
    this.#sink?.end()
  }

  onResponseError(_controller: Controller, cause: Error): void {
    clearTimeout(this.#dumpTimer)
    this.#sink?.destroy()
    const toError = this.#sink ? toBodyError : toRequestError
    this.#outcome.reject(toError(this.#endpoint, cause))
  }

  #limitErrorBody(): void {
    this.#maxBytes = Math.min(this.#maxBytes, DUMPED_BYTES)
    this.#dumpTimer = setTimeout(() => this.cancel(foreignNotFound(this.#endpoint)), DUMP_MS)
  }

  #dump(controller: Controller, piece: Buffer): void {
    this.#size += piece.length
    if (this.#size > DUMPED_BYTES) controller.abort(new DumpedError())
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length
    this.#pieces.push(piece)
    if (this.#head && this.#size > this.#maxBytes)
      this.cancel(tooLarge(this.#endpoint, this.#head, this.#maxBytes, this.#pieces[0]))
    else this.#largeBodies.note(this, this.#size)
  }

  #resolve(): void {
    const [only] = this.#pieces
    const isOne = only && this.#pieces.length === 1
    const body = isOne ? only : Buffer.concat(this.#pieces, this.#size)
    if (this.#head) this.#outcome.resolve({ ...this.#head, body })
  }
}

/** The reason for which undici closes a connection. Nobody else sees it. */
class DumpedError extends Error {
  override readonly name = 'DumpedError'
}
