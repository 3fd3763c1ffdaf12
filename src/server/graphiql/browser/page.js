import { ask, chosenOperation, withoutFederation } from './answers.js'
import { CostLine } from './cost-line.js'
import { openTab, setUpEditors, setUpTabs, showVariables, whenReady } from './editors.js'
import { takeFirstAnswer } from './first-answer.js'
import {
  linkedTab,
  openLinks,
  remember,
  setUpExamples,
  setUpHistory,
  setUpSharing,
} from './panes.js'
import { searchIn, setUpSearch } from './search.js'
import { keep, read, storage } from './storage.js'

const settings = JSON.parse(document.getElementById('settings').textContent)
const { examples, isMadeUp, isOpen } = settings

const TABS = 'graphiql:tabState'
const NO_TABS = { tabs: [], activeTabIndex: 0 }
const INTROSPECTION = 'IntrospectionQuery'

/** What GraphiQL has open; kept, it is there again at the next visit. */
let state = keptState()
if (state.tabs.length > 0) keep(TABS, state)

function keptState() {
  try {
    return renewed(read(TABS, NO_TABS))
  } catch {
    // GraphiQL takes nothing else either that is not formed as its own.
    return NO_TABS
  }
}

/** Examples name days: those that nobody edited name today's again. */
function renewed({ tabs, ...rest }) {
  const withoutDays = text => text?.replace(/\d{4}-\d{2}-\d{2}/g, 'DAY')
  const known = new Map(examples.map(example => [withoutDays(example.query), example]))
  const renew = tab => {
    const example = known.get(withoutDays(tab.query))
    if (!example) return tab
    const isEdited = withoutDays(tab.variables || '') !== withoutDays(example.variables ?? '')
    return {
      ...tab,
      query: example.query,
      ...(!isEdited && { variables: example.variables ?? null }),
    }
  }
  return { ...rest, tabs: tabs.map(renew) }
}

const linked = linkedTab()
/** GraphiQL itself would open an empty tab if nothing was edited last time. */
const first = linked ?? state.tabs[state.activeTabIndex] ?? examples[0]

const currentTab = () => state.tabs[state.activeTabIndex] ?? first

/** Of the last request: what GraphiQL's editor holds is JSON with comments. */
let headers = {}
/** Before it is known who asks, nothing is asked while one types: the browser would want an account. */
let isKnown = isOpen

const costLine = new CostLine()

async function fetcher(operation, { headers: edited = {}, documentAST } = {}) {
  headers = edited
  if (operation.operationName === INTROSPECTION) return introspect(operation, edited)
  const operationName = chosenOperation(operation, documentAST)
  const { answer, ms } =
    (await takeFirstAnswer(operation.query)) ??
    (await timed({ ...operation, operationName }, edited))
  costLine.ran(operation.query, answer, ms)
  if (answer.data) isKnown = true
  remember(operation)
  return answer
}

async function timed(operation, edited) {
  const started = performance.now()
  const answer = await ask(operation, edited)
  return { answer, ms: performance.now() - started }
}

async function introspect(operation, edited) {
  const answer = await ask(operation, edited)
  const schema = answer.data?.__schema
  if (schema) {
    const shown = withoutFederation(schema)
    searchIn(shown)
    return { ...answer, data: { __schema: shown } }
  }
  // Without any data, GraphiQL would at once ask again, and the browser for an account again.
  return { data: null, ...answer }
}

function onTabChange(next) {
  const before = currentTab().id
  state = next
  const tab = currentTab()
  if (tab.id !== before) showVariables(tab)
  costLine.typed(tab, isKnown && headers)
}

/** Which of the editors below is open at first: the one that the first tab or the caller needs. */
function firstTool() {
  if (first.variables) return 'variables'
  return !isOpen && !matchMedia('(max-width: 700px)').matches ? 'headers' : false
}

const titles = new Map(
  examples.map(({ name, title, chineseTitle }) => [name, `${title}\n${chineseTitle}`]),
)
const nameOf = query => /\bquery\s+(\w+)/.exec(query)?.[1]
const titleOf = query => titles.get(nameOf(query)) ?? nameOf(query) ?? query.trim().slice(0, 60)

const open = tab => openTab(tab, state.tabs)
setUpExamples(examples, open)
setUpHistory(titleOf, open)
setUpSharing(currentTab)
setUpSearch()
openLinks()
void setUpTabs(titles)
setUpEditors()

YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  logo: '',
  title: '',
  fetcher,
  storage,
  defaultTabs: examples.filter(({ isTab }) => isTab),
  headers: settings.headers,
  initialQuery: first.query ?? '',
  initialVariables: first.variables ?? '',
  defaultEditorToolsVisibility: firstTool(),
  onTabChange,
  // They may hold a password.
  shouldPersistHeaders: false,
  // Else each change would go into the address, and from there into the logs of proxies.
  onEditQuery() {},
})

const isExample = examples.some(({ query }) => query === first.query)
const runButton = await whenReady()
costLine.typed(currentTab(), isKnown && headers)
// So that the right half shows something. Of a real upstream, nothing is asked unasked; nor where the
// browser would want an account first.
if (isMadeUp && isOpen && isExample && !linked) runButton.click()
