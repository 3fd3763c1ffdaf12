import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type OperationDefinitionNode, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocumentManifest } from '../src/server/documents/manifest.ts'
import { startTestedGateway, type TestedGateway } from './server/gateway.ts'

const APP = new URL('consumer/', import.meta.url)
const TEXT = readFileSync(new URL('operations/manifest.json', APP), 'utf8')
const { operations } = JSON.parse(TEXT) as {
  operations: readonly { id: string; name: string; body: string }[]
}

const WEEK = { from: '2026-11-16', to: '2026-11-22' }
const SAMPLES: Readonly<Record<string, { variables: object; calls: number }>> = {
  AddUpServiceRecords: { variables: WEEK, calls: 3 },
  CountServiceRecords: { variables: WEEK, calls: 1 },
  GetServiceRecord: { variables: { csId: '2449' }, calls: 14 },
  ListAgentRecords: { variables: { servicerId: '201', ...WEEK }, calls: 2 },
  ListBadlyRatedRecords: { variables: WEEK, calls: 4 },
  ListClientRecords: { variables: { client: '344754163', ...WEEK }, calls: 4 },
  ListServiceRecords: { variables: WEEK, calls: 2 },
  ListUnresolvedRecords: { variables: WEEK, calls: 4 },
}

describe('the operations for tools', () => {
  let gateway: TestedGateway
  beforeAll(async () => {
    const manifest = parseDocumentManifest([TEXT])
    gateway = await startTestedGateway({ documents: { manifest, onlyTrusted: true } })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  it('are in the manifest as they are in their files', async () => {
    const script = fileURLToPath(new URL('print-manifest.ts', APP))
    const { stdout } = await promisify(execFile)(process.execPath, [script])
    expect(stdout).toBe(TEXT)
    expect(operations.map(({ name }) => name)).toEqual(Object.keys(SAMPLES))
  })

  it.each(operations)('$name says what it is for, and what its variables are', ({ body }) => {
    expect(body).toMatch(/^(# .+\n)+query /)
    const [operation] = parse(body).definitions as [OperationDefinitionNode]
    const lines = body.split('\n')
    for (const { loc } of operation.variableDefinitions ?? []) {
      expect(lines[(loc?.startToken.line ?? 0) - 2]).toMatch(/^ {2}# .+\.$/)
    }
  })

  it.each(operations)('$name runs by its id alone, for few calls', async ({ id, name }) => {
    const sample = SAMPLES[name]
    gateway.emulator.clearCalls()
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: id, variables: sample?.variables }),
    })
    const { data, errors } = await response.json()
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).toMatch(/"(?:totalCount|count|recordsRead)":[1-9]/)
    expect(gateway.emulator.callLines().length).toBeLessThanOrEqual(sample?.calls ?? 0)
  })
})
