import type { TextOf } from './documents.ts'
import { parseBody, parseSearch } from './operation-request.ts'
import { readBody } from './request-body.ts'
import type { ServerPlugin } from './server-context.ts'

export interface OperationRequestOptions {
  readonly maxBodyBytes: number
  readonly textOf: TextOf
}

/** Reads what the caller asks: from the body of a POST, or from the URL of a GET. */
export function useOperationRequest({
  maxBodyBytes,
  textOf,
}: OperationRequestOptions): ServerPlugin {
  return {
    onRequestParse({ serverContext: { incoming }, setRequestParser }) {
      setRequestParser(async () => {
        const request =
          incoming.method === 'GET'
            ? parseSearch(incoming.url ?? '')
            : parseBody(await readBody(incoming, maxBodyBytes))
        return { ...request.parameters, query: textOf(request) }
      })
    },
  }
}
