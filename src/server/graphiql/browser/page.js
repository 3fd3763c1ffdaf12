const { title, tabs, workers } = JSON.parse(document.getElementById('settings').textContent)

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => workers[label],
}

// For a moment after a tab was left, GraphiQL still has its operation in mind, and would run that
// one by name on the new tab's text: "Cannot infer operation". Until then a click waits.
const SETTLES_AFTER_MS = 700
let leftAt = -SETTLES_AFTER_MS
addEventListener(
  'click',
  event => {
    if (event.target.closest('.graphiql-tab')) leftAt = performance.now()
    const run = event.target.closest('.graphiql-execute-button')
    const wait = leftAt + SETTLES_AFTER_MS - performance.now()
    if (!run || wait <= 0) return
    event.stopImmediatePropagation()
    event.preventDefault()
    setTimeout(() => run.click(), wait)
  },
  true,
)

YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title,
  defaultTabs: tabs,
  shouldPersistHeaders: false,
})
