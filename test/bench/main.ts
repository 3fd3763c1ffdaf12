import { type Comparison, compare } from './compare.ts'
import { measureCompression } from './compression.ts'
import { measureDocumentCosts } from './document-cost.ts'
import { describeMachine } from './machine.ts'
import { OPERATIONS } from './operations.ts'
import { type Options, parseOptions, USAGE } from './options.ts'
import { measurePage } from './page.ts'
import { formatReport, type Report } from './report.ts'
import { measureSafety } from './safety.ts'
import { measureScale } from './scale.ts'
import { measureStarts } from './start-time.ts'
import { measureStatistics } from './statistics-load.ts'
import { startUpstream } from './upstream.ts'
import { measureWarm } from './warm.ts'

const tell = (progress: string) => process.stderr.write(`bench: ${progress}\n`)

async function measureOperations(options: Options): Promise<Comparison[]> {
  await using upstream = await startUpstream()
  const operations = []
  for (const operation of OPERATIONS.filter(({ name }) => name.startsWith(options.only))) {
    tell(operation.title)
    operations.push(await compare(operation, upstream, options))
  }
  return operations
}

async function measureAll(options: Options): Promise<Omit<Report, 'machine' | 'options'>> {
  const operations = await measureOperations(options)
  if (options.only) return { operations }
  tell('starts')
  const starts = await measureStarts(options)
  return { operations, starts, scale: await measureScale(options, tell) }
}

async function measureParts(options: Options): Promise<Omit<Report, 'machine' | 'options'>> {
  switch (options.part) {
    case 'all':
      return measureAll(options)
    case 'starts':
      tell('starts')
      return { starts: await measureStarts(options) }
    case 'scale':
      return { scale: await measureScale(options, tell) }
    case 'statistics':
      return { statistics: await measureStatistics(options, tell) }
    case 'compression':
      return { compression: await measureCompression(options) }
    case 'warm':
      return { warm: await measureWarm(options, tell) }
    case 'safety':
      return {
        documentCosts: measureDocumentCosts(),
        safety: await measureSafety(options, tell),
      }
    case 'page':
      return { page: await measurePage(options) }
  }
}

const run = async (options: Options): Promise<Report> => ({
  machine: describeMachine(),
  options,
  ...(await measureParts(options)),
})

// Children end with this process, and it ends as one that was stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  const options = parseOptions(process.argv.slice(2))
  const report = await run(options)
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n${USAGE}`)
  process.exitCode = 1
}
