import { keep, read } from './storage.js'

const RUNS = 'runs'
const MAX_RUNS = 30

const pane = id => document.getElementById(id)

/** Opens an example when it is clicked. */
export function setUpExamples(examples, open) {
  pane('examples').addEventListener('click', ({ target }) => {
    const name = target.closest('[data-example]')?.dataset.example
    const example = examples.find(each => each.name === name)
    if (!example) return
    pane('examples').hidePopover()
    open(example)
  })
}

/** Remembers what was run, without its headers: they may hold a password. */
export function remember({ query, variables }) {
  const text =
    variables && Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : ''
  const others = read(RUNS, []).filter(run => run.query !== query || run.variables !== text)
  const run = { query, variables: text, at: new Date().toISOString() }
  keep(RUNS, [run, ...others].slice(0, MAX_RUNS))
}

/** Shows what was run whenever the pane opens, and opens a run when it is clicked. */
export function setUpHistory(titleOf, open) {
  const history = pane('history')
  const list = history.querySelector('ul')
  const show = () =>
    list.replaceChildren(...read(RUNS, []).map(run => itemOf(run, titleOf, choose)))
  const choose = run => {
    history.hidePopover()
    open(run)
  }
  history.addEventListener('beforetoggle', show)
  document.getElementById('forget').addEventListener('click', () => {
    keep(RUNS, [])
    show()
  })
}

function itemOf(run, titleOf, choose) {
  const button = document.createElement('button')
  button.type = 'button'
  const title = document.createElement('b')
  title.textContent = titleOf(run.query)
  const time = new Date(run.at).toLocaleString()
  button.append(title, ` ${[time, run.variables.replace(/\s+/g, ' ')].filter(Boolean).join(' · ')}`)
  button.addEventListener('click', () => choose(run))
  const item = document.createElement('li')
  item.append(button)
  return item
}

/** Copies a link to what the current tab holds. */
export function setUpSharing(currentTab) {
  const button = document.getElementById('share')
  const label = button.innerHTML
  button.addEventListener('click', async () => {
    const link = linkTo(currentTab())
    const isCopied = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    )
    // Browsers give no clipboard to pages without TLS.
    if (!isCopied) history.replaceState({}, '', link)
    button.textContent = isCopied ? 'Link copied' : 'Link is in the address'
    setTimeout(() => {
      button.innerHTML = label
    }, 3000)
  })
}

/** A link to this page that is opened in it changes the fragment alone. */
export const openLinks = () => addEventListener('hashchange', () => location.reload())

/** In the fragment, which no server sees, and so no log of a proxy. */
function linkTo({ query, variables }) {
  const parts = new URLSearchParams({ query: query ?? '', ...(variables && { variables }) })
  return `${location.origin}${location.pathname}#${parts}`
}

/** What the address asks for, by its fragment or as GraphQL over HTTP has it; undefined if nothing. */
export function linkedTab() {
  for (const part of [location.hash.slice(1), location.search.slice(1)]) {
    const parts = new URLSearchParams(part)
    const query = parts.get('query')
    if (query !== null) return { query, variables: parts.get('variables') ?? '' }
  }
  return undefined
}
