// Runs before GraphiQL's script, which reads this as it starts.
globalThis.MonacoEnvironment = {
  // Only so the page can set the editors up: GraphiQL has no options for them.
  globalAPI: true,
  getWorkerUrl: (_, label) =>
    JSON.parse(document.getElementById('settings').textContent).workers[label],
}
