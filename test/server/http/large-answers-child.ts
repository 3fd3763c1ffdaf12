import { startTestedGateway } from '../gateway.ts'
import { largeAnswers } from './large-answers.ts'

/** Tells its URL, and then, whenever it is asked, how many bytes it holds beside its garbage. */
const { url } = await startTestedGateway({ schema: largeAnswers })
process.send?.(url)
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  process.send?.(heapUsed + external + arrayBuffers)
})
