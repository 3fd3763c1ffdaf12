/** Resolves with an element as soon as GraphiQL has made it. */
export function whenThere(selector) {
  return until(() => document.querySelector(selector))
}

/** Resolves once all editors are there, so that GraphiQL can run what they hold. */
export const whenReady = () =>
  until(
    () =>
      EDITORS.every(name => editorOf(name)) && document.querySelector('.graphiql-execute-button'),
  )

const EDITORS = ['operation.graphql', 'variables.json', 'request-headers.json', 'response.json']

function until(find) {
  return new Promise(resolve => {
    const look = () => {
      const found = find()
      if (found) resolve(found)
      else requestAnimationFrame(look)
    }
    look()
  })
}

const editorOf = name =>
  monaco.editor.getEditors().find(editor => editor.getModel()?.uri.path.endsWith(name))

/** Whether the editor has found a fault in the operation: then it is none of the gateway's time. */
export const hasFaults = () =>
  monaco.editor
    .getModelMarkers({})
    .some(
      ({ resource, severity }) =>
        resource.path.endsWith('operation.graphql') && severity === monaco.MarkerSeverity.Error,
    )

/** Calls back whenever the editor has looked for faults again. */
export const onFaultsChanged = callback => monaco.editor.onDidChangeMarkers(callback)

/** Long lines are wrapped, and a narrow window has no room beside them. */
export function setUpEditors() {
  const isNarrow = matchMedia('(max-width: 700px)').matches
  monaco.editor.onDidCreateEditor(editor => {
    editor.updateOptions({
      wordWrap: 'on',
      wrappingIndent: 'indent',
      ...(isNarrow && { lineNumbers: 'off', folding: false, glyphMargin: false, fontSize: 13 }),
    })
  })
}

/** Opens an operation in the tab that holds it already, or else in a new one. */
export function openTab({ query, variables }, tabs) {
  const same = tabs.findIndex(
    tab => tab.query === query && (tab.variables || '') === (variables || ''),
  )
  const button = document.querySelectorAll('.graphiql-tab-button')[same]
  if (button) return button.click()
  document.querySelector('.graphiql-tab-add').click()
  editorOf('operation.graphql').setValue(query)
  editorOf('variables.json').setValue(variables ?? '')
}

/** Whether the editor of variables is open because a tab has some. */
let areShownForTab = false

/** Shows the editor of variables to a tab that has some, and takes it away from one that has none. */
export function showVariables(tab) {
  const tools = document.querySelector('.graphiql-editor-tools')
  const isOpen = tools.querySelector('[data-name=variables].active') !== null
  if (tab.variables && !isOpen) tools.querySelector('[data-name=variables]').click()
  if (!tab.variables && isOpen && areShownForTab) tools.querySelector('[aria-label^=Hide]').click()
  areShownForTab = Boolean(tab.variables) && (areShownForTab || !isOpen)
}

/**
 * GraphiQL calls tabs by the names of their operations: names for people take their place. The tab that
 * is open is in sight, also if an example or the history opened it.
 */
export async function setUpTabs(titles) {
  const name = () => {
    for (const button of document.querySelectorAll('.graphiql-tab-button')) {
      const title = titles.get(button.textContent)
      // The text alone: the element around it is GraphiQL's.
      if (title && button.firstChild) button.firstChild.nodeValue = title
    }
    const open = document.querySelector('.graphiql-tab-active')
    open?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const tabs = await whenThere('.graphiql-tabs')
  const changes = {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['class'],
  }
  new MutationObserver(name).observe(tabs, changes)
  name()
}
