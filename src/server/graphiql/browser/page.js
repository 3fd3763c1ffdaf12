const { title, tabs, headers, workers } = JSON.parse(
  document.getElementById('settings').textContent,
)

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => workers[label],
}

const UNSET_ACCOUNT = 'Basic ACCOUNT:PASSWORD'

/** An account as people write it, `Basic name:password`, in the form that HTTP wants. */
function encodeAccount(authorization) {
  const [, pair] = /^Basic\s+(.*:.*)$/is.exec(authorization) ?? []
  if (pair === undefined) return authorization
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(pair)))}`
}

function headersFrom(edited = {}) {
  const sent = new Headers({
    Accept: 'application/graphql-response+json, application/json;q=0.9',
    'Content-Type': 'application/json',
  })
  for (const [name, value] of Object.entries(edited)) {
    const isAccount = name.toLowerCase() === 'authorization'
    if (isAccount && value === UNSET_ACCOUNT) continue
    sent.set(name, isAccount ? encodeAccount(value) : value)
  }
  return sent
}

/**
 * The operation to run. For a moment after a change, of the text or of the tab, GraphiQL still has
 * the former one in mind, which the text no longer has.
 */
function operationNameIn(query, operationName) {
  const named = query.matchAll(/^\s*(?:query|mutation|subscription)\s+(\w+)/gm)
  const names = Array.from(named, ([, name]) => name)
  return names.includes(operationName) ? operationName : names[0]
}

async function send({ query, variables, operationName }, edited) {
  const sent = headersFrom(edited)
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: sent,
    body: JSON.stringify({
      query,
      variables,
      operationName: operationNameIn(query, operationName),
    }),
    // Where an account is written down, the browser neither brings nor asks for another.
    credentials: sent.has('Authorization') ? 'omit' : 'same-origin',
  })
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    const status = `${response.status} ${response.statusText}`.trim()
    return failure(`Expected an answer of GraphQL, got ${status}: ${text.slice(0, 200)}`)
  }
}

const failure = message => ({ errors: [{ message }] })

async function fetcher(parameters, { headers: edited } = {}) {
  const answer = await send(parameters, edited).catch(error =>
    failure(`No answer came (${error.message}). Does the gateway still run?`),
  )
  // Without any data, GraphiQL would at once ask again, and the browser for an account again.
  return parameters.operationName === 'IntrospectionQuery' ? { data: null, ...answer } : answer
}

/** The tab that was open at the last visit; undefined at the first, or where nothing is kept. */
function lastTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'))
    return tabs[activeTabIndex]
  } catch {
    return undefined
  }
}

/** What to open with. GraphiQL itself would open an empty tab where nothing was edited last time. */
function beginning() {
  const linked = new URLSearchParams(location.search).get('query')
  if (linked !== null) return { initialQuery: linked, initialVariables: '' }
  const { query, variables } = lastTab() ?? tabs[0]
  return { initialQuery: query ?? '', initialVariables: variables ?? '' }
}

YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title,
  fetcher,
  defaultTabs: tabs,
  headers,
  ...beginning(),
  // Where there is little room, editors of variables and headers open when one asks for them.
  defaultEditorToolsVisibility: !matchMedia('(max-width: 700px)').matches,
  // They may hold a password.
  shouldPersistHeaders: false,
  // Else each change would go into the address, and from there into the logs of proxies.
  onEditQuery() {},
})
