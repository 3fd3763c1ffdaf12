import { parseArgs } from 'node:util'
import { BYTE_ORDER_MARK, csvRow } from './csv.ts'
import { cellAt, DEFAULT_FIELDS, parseFields } from './fields.ts'
import { type Output, openFile, openStandardOutput } from './output.ts'
import { type Export, pagesOf } from './pages.ts'
import { readProgress, writeProgress } from './progress.ts'

const USAGE = `Writes service records, oldest first, as a gateway gives them.

Usage: npm run export --silent -- [options]

  --from DAY         created on this day or later, such as 2026-09-01
  --to DAY           created on this day or before
  --format FORMAT    csv (default) or ndjson: a JSON object a line
  --fields NAMES     such as csId,startedAt,agent.name
  --out FILE         written instead of standard output
  --resume FILE      keeps how far it came; if it is there, goes on from there
  --url URL          of the graph. Default: http://127.0.0.1:4000/graphql
  --help             prints this

GATEWAY_AUTHORIZATION in the environment is sent as the header field Authorization.
`

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string', default: 'csv' },
  fields: { type: 'string', default: DEFAULT_FIELDS.join(',') },
  out: { type: 'string' },
  resume: { type: 'string' },
  url: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
  help: { type: 'boolean', default: false },
} as const

type Format = 'csv' | 'ndjson'

interface Job extends Export {
  readonly format: Format
  readonly out: string | undefined
  readonly resume: string | undefined
}

function toJob(values: ReturnType<typeof readArguments>): Job {
  const { from, to, format, fields, out, resume, url } = values
  if (format !== 'csv' && format !== 'ndjson')
    throw new RangeError(`--format: expected csv or ndjson, got ${JSON.stringify(format)}`)
  return {
    url,
    authorization: process.env.GATEWAY_AUTHORIZATION,
    createdOn: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    fields: parseFields(fields),
    format,
    out,
    resume,
  }
}

const readArguments = () => parseArgs({ options: OPTIONS }).values

/** What must be the same if an export goes on. */
const nameOf = ({ createdOn: { from = '', to = '' }, format, fields }: Job) =>
  `${from}..${to} ${format} ${fields.join()}`

const formatted = (nodes: readonly unknown[], { format, fields }: Job): string =>
  nodes
    .map(node =>
      format === 'csv'
        ? csvRow(fields.map(field => cellAt(node, field)))
        : `${JSON.stringify(node)}\n`,
    )
    .join('')

const openOutput = (out: string | undefined, bytes: number): Promise<Output> =>
  out === undefined ? Promise.resolve(openStandardOutput()) : openFile(out, bytes)

async function run(job: Job): Promise<void> {
  const of = nameOf(job)
  const before = job.resume === undefined ? undefined : await readProgress(job.resume, of)
  const goesOn = before !== undefined && before.out === job.out
  const output = await openOutput(job.out, goesOn ? before.bytes : 0)
  let records = before?.records ?? 0
  if (job.format === 'csv' && !goesOn) await output.write(BYTE_ORDER_MARK + csvRow(job.fields))
  try {
    for await (const { nodes, cursor, totalCount } of pagesOf(job, before?.cursor ?? null)) {
      await output.write(formatted(nodes, job))
      records += nodes.length
      const { bytes } = output
      if (job.resume !== undefined)
        await writeProgress(job.resume, { of, cursor, records, out: job.out, bytes })
      process.stderr.write(`${records} records of ${totalCount ?? 'a list'}\n`)
    }
  } finally {
    await output.close()
  }
}

try {
  const values = readArguments()
  if (values.help) process.stdout.write(USAGE)
  else await run(toJob(values))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
