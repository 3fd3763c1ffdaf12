import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Comparison, compareBoth } from './compare.ts'
import { startGateway, startStaticFile } from './contender.ts'
import { fetchAnswer } from './http.ts'
import { OPERATIONS } from './operations.ts'
import type { Options } from './options.ts'
import { startUpstream } from './upstream.ts'

/** Everything stays fresh for as long as a load takes: else a part of it would be calls. */
const HELD = {
  CACHE_MIB: '64',
  CACHE_LIST_OF_TODAY_FRESH_MS: '600000',
  CACHE_LIST_OF_TODAY_STALE_MS: '600000',
  CACHE_OPEN_CHAT_FRESH_MS: '600000',
  CACHE_OPEN_CHAT_STALE_MS: '600000',
  CACHE_EMPTY_SUMMARY_FRESH_MS: '600000',
  CACHE_EMPTY_SUMMARY_STALE_MS: '600000',
}

/** Operations of which all is held, beside a file of the same bytes. */
export async function measureWarm(
  options: Options,
  tell: (progress: string) => void,
): Promise<Comparison[]> {
  await using upstream = await startUpstream()
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const comparisons: Comparison[] = []
    for (const operation of OPERATIONS.filter(({ name }) => name.startsWith(options.only))) {
      tell(`warm, ${operation.title}`)
      await using gateway = await startGateway(options, upstream.url, undefined, HELD)
      const path = join(folder, `${operation.name}.json`)
      await writeFile(path, await fetchAnswer(gateway.requestFor(operation)))
      await using file = await startStaticFile(options, path)
      comparisons.push(await compareBoth(gateway, file, operation, upstream, options))
    }
    return comparisons
  } finally {
    await rm(folder, { recursive: true })
  }
}
