import { execute } from '../execution/execute.ts'
import type { ServerPlugin } from './server-context.ts'

/** Has queries executed by this gateway's own executor. */
export const useExecution = (): ServerPlugin => ({
  onExecute: ({ setExecuteFn }) => setExecuteFn(execute),
})
