import { createExecute } from '../../execution/execute.ts'
import type { ServerPlugin } from './operation-context.ts'

/** Has queries executed by this gateway's own executor. */
export function useExecution(): ServerPlugin {
  const execute = createExecute()
  return { onExecute: ({ setExecuteFn }) => setExecuteFn(execute) }
}
