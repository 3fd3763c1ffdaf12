import { startEmulator } from './emulator.ts'
import { readEnvironment, readOddities } from './environment.ts'
import { welcome } from './welcome.ts'

try {
  const emulator = await startEmulator(readEnvironment(process.env))
  process.stdout.write(welcome(emulator.url, 1000, readOddities(process.env)))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => emulator.close())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
