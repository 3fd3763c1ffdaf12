import type { InputLimits } from '../../variables/limits.ts'
import { parseBody, parseSearch } from '../documents/request-parameters.ts'
import type { TextOf } from '../documents/trusted-documents.ts'
import { targetOf } from '../http/paths.ts'
import { readBody } from '../http/request-body.ts'
import type { ServerPlugin } from './operation-context.ts'

export interface RequestParametersOptions {
  readonly maxBodyBytes: number
  readonly inputLimits: InputLimits
  readonly textOf: TextOf
}

/** Reads what the caller asks: from the body of a POST, or from the URL of a GET. */
export function useRequestParameters({
  maxBodyBytes,
  inputLimits,
  textOf,
}: RequestParametersOptions): ServerPlugin {
  return {
    onRequestParse({ serverContext: { incoming }, setRequestParser }) {
      setRequestParser(async () => {
        const request =
          incoming.method === 'GET'
            ? parseSearch(targetOf(incoming).search, inputLimits)
            : parseBody(await readBody(incoming, maxBodyBytes), inputLimits)
        return { ...request.parameters, query: textOf(request) }
      })
    },
  }
}
