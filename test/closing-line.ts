import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Ends a run with the line `N passed, N failed, N skipped`; in CI a skipped test fails the run. */
export function closingLine(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const states = modules.flatMap(module => [...module.children.allTests()].map(stateOf))
      const count = (state: string) => states.filter(each => each === state).length
      const failed = count('failed') + brokenModules(modules) + unhandledErrors.length
      const skipped = count('skipped')
      process.stdout.write(`${count('passed')} passed, ${failed} failed, ${skipped} skipped\n`)
      if (process.env.CI && skipped > 0) process.exitCode = 1
    },
  }
}

const stateOf = (test: TestCase) => test.result().state

// A file that fails to load has no tests to count.
const brokenModules = (modules: readonly TestModule[]) =>
  modules.filter(module => module.errors().length > 0).length
