import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { startGateway } from './contender.ts'
import { fetchAnswer, graphqlRequest } from './http.ts'
import type { Options } from './options.ts'
import { median } from './statistics.ts'
import { startUpstream } from './upstream.ts'

/** What compressing an answer once costs and saves, medians; times include waiting for a thread. */
export interface CompressedAnswer {
  readonly title: string
  readonly bytes: number
  readonly ways: readonly {
    readonly title: string
    readonly bytes: number
    readonly microseconds: number
  }[]
}

const SCALARS = `csId startedAt endedAt status companyName contactName price paymentStatus
  description isResolved`
const records = (first: number, fields: string) =>
  `{ remoteRecords(first: ${first}) { nodes { ${fields} } } }`
const ANSWERS = [
  ...[1, 5, 10, 20, 100].map(first => ({
    title: `${first} records, 10 scalars`,
    document: records(first, SCALARS),
  })),
  {
    title: '20 records, 10 messages each',
    document: records(20, 'csId chatMessages(first: 10) { nodes { sender text sentAt } }'),
  },
]

const WAYS = [
  ...[1, 6, 9].map(level => ({
    title: `gzip ${level}`,
    compress: (body: Buffer) => promisify(gzip)(body, { level }),
  })),
  ...[1, 4, 5, 6].map(quality => ({
    title: `brotli ${quality}`,
    compress: (body: Buffer) =>
      promisify(brotliCompress)(body, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
        },
      }),
  })),
  ...[1, 3, 6].map(level => ({
    title: `zstd ${level}`,
    compress: (body: Buffer) =>
      promisify(zstdCompress)(body, { params: { [constants.ZSTD_c_compressionLevel]: level } }),
  })),
]

const REPETITIONS = 200

export async function measureCompression(options: Options): Promise<CompressedAnswer[]> {
  await using upstream = await startUpstream()
  await using gateway = await startGateway(options, upstream.url)
  const measured: CompressedAnswer[] = []
  for (const { title, document } of ANSWERS) {
    const body = Buffer.from(await fetchAnswer(graphqlRequest(gateway.origin, document)))
    const ways = []
    for (const { title, compress } of WAYS)
      ways.push({ title, ...(await measure(() => compress(body))) })
    measured.push({ title, bytes: body.byteLength, ways })
  }
  return measured
}

async function measure(compress: () => Promise<Buffer>) {
  const microseconds: number[] = []
  let bytes = 0
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const startedAtMs = performance.now()
    bytes = (await compress()).byteLength
    microseconds.push((performance.now() - startedAtMs) * 1000)
  }
  return { bytes, microseconds: median(microseconds) }
}
