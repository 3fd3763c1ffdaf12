import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type FuzzOptions, type FuzzReport, fuzz } from './fuzz.ts'

/** What a thread is told that is to ask at random. */
interface Task {
  readonly fuzz: FuzzOptions
}

/**
 * The same as `fuzz`, in a thread of its own: several run side by side, each with a gateway and an
 * emulator, and what a thread computes is measured by itself. Rejects with what the thread threw.
 */
export async function fuzzInThread(options: FuzzOptions): Promise<FuzzReport> {
  const task: Task = { fuzz: options }
  const worker = new Worker(new URL(import.meta.url), { workerData: task })
  const [report] = (await once(worker, 'message')) as [FuzzReport]
  await worker.terminate()
  return report
}

const isTask = (data: unknown): data is Task =>
  typeof data === 'object' && data !== null && 'fuzz' in data

// Tests run in threads, too, which are given other things.
if (!isMainThread && isTask(workerData)) parentPort?.postMessage(await fuzz(workerData.fuzz))
