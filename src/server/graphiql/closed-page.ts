import { wantsPage } from '../http/negotiation.ts'
import { GRAPHQL_PATH, targetOf } from '../http/paths.ts'
import { respond } from '../http/response.ts'
import type { Page } from '../http/router.ts'

const ONLY_TRUSTED = `GraphiQL is off here, because this gateway runs trusted documents only (DOCUMENTS=trusted).
Programs ask with POST ${GRAPHQL_PATH} and the id of a document.
`

const SWITCHED_OFF = `GraphiQL is off here. It is on if GRAPHIQL=on, or by default outside of production.
Programs ask with POST ${GRAPHQL_PATH} and a document.
`

/** What a browser is shown in place of GraphiQL. A URL that asks something gets its answer. */
export const closedPage = (onlyTrusted: boolean): Page => ({
  isAskedFor: (path, incoming) =>
    path === GRAPHQL_PATH && wantsPage(incoming) && targetOf(incoming).search === '',
  async answer(_, __, outgoing) {
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', Vary: 'Accept' }
    respond(outgoing, 404, headers, onlyTrusted ? ONLY_TRUSTED : SWITCHED_OFF)
  },
})
