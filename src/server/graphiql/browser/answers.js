/** What the editor of headers begins with: nobody's. */
const UNSET = ['Basic ACCOUNT:PASSWORD', 'Bearer TOKEN']

/** An account as people write it, `Basic name:password`, in the form that HTTP wants. */
function encodeAccount(authorization) {
  const [, pair] = /^Basic\s+(.*:.*)$/is.exec(authorization) ?? []
  if (pair === undefined) return authorization
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(pair)))}`
}

/** The header fields of a request. Throws an Error with a sentence for people. */
function headersFrom(edited) {
  const sent = new Headers({
    Accept: 'application/graphql-response+json, application/json;q=0.9',
    'Content-Type': 'application/json',
  })
  for (const [name, value] of Object.entries(edited)) {
    const isAccount = name.toLowerCase() === 'authorization'
    if (isAccount && UNSET.includes(value)) continue
    try {
      sent.set(name, isAccount ? encodeAccount(value) : value)
    } catch {
      throw new Error(
        `HTTP cannot carry the header ${JSON.stringify(name)}: names have letters, digits and hyphens, values only characters of Latin-1.`,
      )
    }
  }
  return sent
}

/** The answer to an operation. What goes wrong on the way is an error in it: a person reads it. */
export async function ask(operation, edited = {}, { signal } = {}) {
  let sent
  try {
    sent = headersFrom(edited)
  } catch (error) {
    return failure(error.message)
  }
  try {
    const response = await fetch(location.pathname, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify(operation),
      // If an account is written down, the browser neither brings nor asks for another.
      credentials: sent.has('Authorization') ? 'omit' : 'same-origin',
      signal,
    })
    return parse(response, await response.text())
  } catch (error) {
    return failure(`No answer came (${error.message}). Does the gateway still run?`)
  }
}

function parse({ status, statusText }, text) {
  try {
    return JSON.parse(text)
  } catch {
    const got = `${status} ${statusText}`.trim()
    return failure(`Expected an answer of GraphQL, got ${got}: ${text.slice(0, 200)}`)
  }
}

const failure = message => ({ errors: [{ message }] })

/**
 * The name of the operation that was chosen. For a moment after a change, of the text or of the tab,
 * GraphiQL has the former text in mind, and its operation: then there is none.
 */
export function chosenOperation({ query, operationName }, documentAST) {
  const isOfThisText = documentAST?.loc?.source.body === query
  return isOfThisText ? (operationName ?? undefined) : undefined
}

const OF_FEDERATION = new Set(['_entities', '_service', '_Any', '_Entity', '_Service'])
const isForPeople = ({ name }) => !OF_FEDERATION.has(name)

/** A schema without what only routers ask for. */
export function withoutFederation({ types, ...schema }) {
  const shown = types.filter(isForPeople)
  return {
    ...schema,
    types: shown.map(type => ({ ...type, fields: type.fields?.filter(isForPeople) ?? null })),
  }
}
