import { ask } from './answers.js'
import { hasFaults, onFaultsChanged, whenThere } from './editors.js'

const PAUSE_MS = 400
const UNKNOWN_CALLER = 'What it costs is said here once you have run something'

/**
 * A line under the editor: how many calls of the upstream an operation needs, as it is typed, and how
 * many it made once it ran.
 */
export class CostLine {
  #element = document.createElement('output')
  #plan = {}
  #lastRun = {}
  #timer
  #asking = new AbortController()
  #typed = {}

  constructor() {
    this.#element.className = 'cost'
    void whenThere('.graphiql-editor-tools').then(tools => tools.before(this.#element))
    onFaultsChanged(() => this.#askSoon())
  }

  /** Asks the gateway for the plan, once nothing was typed for a moment; not without headers. */
  typed(tab, headers) {
    if (tab.query === this.#plan.query && tab.variables === this.#plan.variables) return
    this.#plan = { query: tab.query, variables: tab.variables }
    this.#typed = { tab, headers }
    this.#show()
    this.#asking.abort()
    this.#askSoon()
  }

  ran(query, { data, extensions }, ms) {
    const cost = extensions?.upstream
    // What was refused before it was planned, as its caller is not known, has no cost yet.
    const isPlanned = data !== undefined || cost?.atMost > 0
    this.#lastRun = { ...(isPlanned && cost), query, ms: Math.round(ms) }
    this.#show()
  }

  #askSoon() {
    clearTimeout(this.#timer)
    const isKnown = this.#plan.atMost !== undefined
    if (this.#typed.headers && !isKnown) this.#timer = setTimeout(() => this.#ask(), PAUSE_MS)
  }

  async #ask() {
    const { tab, headers } = this.#typed
    const { query, variables, operationName } = tab
    const values = parseVariables(variables)
    if (!query?.trim() || values === undefined || hasFaults()) return
    this.#asking = new AbortController()
    const { signal } = this.#asking
    const planOnly = { ...headers, 'x-explain': 'only' }
    const operation = { query, variables: values, operationName: operationName ?? undefined }
    const { errors, extensions } = await ask(operation, planOnly, { signal })
    if (errors || signal.aborted) return
    this.#plan = { ...this.#plan, ...extensions?.upstream }
    this.#show()
  }

  #show() {
    // What ran says what was expected of it: by now, more may be known.
    const ran = this.#lastRun.query === this.#plan.query ? this.#lastRun : {}
    const plan = { ...this.#plan, ...ran }
    const known = [plannedPart(plan), madePart(ran)].filter(Boolean).join(' · ')
    this.#element.textContent = known || (this.#typed.headers === false ? UNKNOWN_CALLER : '')
    this.#element.classList.toggle('too-dear', plan.atMost > plan.limit)
  }
}

function plannedPart({ expected, atMost, limit }) {
  if (atMost === undefined) return undefined
  if (atMost > limit) return `Can need ${calls(atMost)}: more than the ${limit} that may be made`
  if (atMost === 0) return 'Needs no calls'
  return expected === atMost
    ? `${calls(expected)} expected`
    : `${calls(expected)} expected, at most ${atMost}`
}

function madePart({ made, ms }) {
  if (ms === undefined) return undefined
  return made === undefined ? `${ms} ms` : `${made} made in ${ms} ms`
}

const calls = count => `${count} ${count === 1 ? 'call' : 'calls'}`

/** Undefined as long as they are no JSON. */
function parseVariables(text) {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return undefined
  }
}
