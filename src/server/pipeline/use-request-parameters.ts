import type { InputLimits } from '../../variables/limits.ts'
import { parseBody, parseSearch } from '../documents/request-parameters.ts'
import type { TextOf } from '../documents/trusted-documents.ts'
import { targetOf } from '../http/paths.ts'
import { isRead } from '../http/refusals.ts'
import { readBody } from '../http/request-body.ts'
import type { Turns } from '../http/turns.ts'
import type { ServerPlugin } from './operation-context.ts'

export interface RequestParametersOptions {
  readonly maxBodyBytes: number
  readonly inputLimits: InputLimits
  readonly textOf: TextOf
  readonly turns: Turns
}

/** Reads what the caller asks: from the body of a POST, or from the URL of a GET. */
export function useRequestParameters({
  maxBodyBytes,
  inputLimits,
  textOf,
  turns,
}: RequestParametersOptions): ServerPlugin {
  return {
    onRequestParse({ serverContext: { incoming }, setRequestParser }) {
      setRequestParser({
        async read() {
          const text = isRead(incoming)
            ? targetOf(incoming).search
            : await readBody(incoming, maxBodyBytes)
          // What follows keeps the process busy.
          await turns.turn()
          return text
        },
        parse(text) {
          const parse = isRead(incoming) ? parseSearch : parseBody
          const request = parse(text, inputLimits)
          return { ...request.parameters, query: textOf(request) }
        },
      })
    },
  }
}
