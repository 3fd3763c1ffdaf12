import { parseBody, parseSearch } from './operation-request.ts'
import { readBody } from './request-body.ts'
import type { ServerPlugin } from './server-context.ts'

/** Reads what the caller asks: from the body of a POST, or from the URL of a GET. */
export function useOperationRequest(maxBodyBytes: number): ServerPlugin {
  return {
    onRequestParse({ serverContext: { incoming }, setRequestParser }) {
      setRequestParser(async () =>
        incoming.method === 'GET'
          ? parseSearch(incoming.url ?? '')
          : parseBody(await readBody(incoming, maxBodyBytes)),
      )
    },
  }
}
