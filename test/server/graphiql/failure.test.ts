import { expect, test, vi } from 'vitest'
import { startTestedGateway } from '../gateway.ts'

vi.mock(import('../../../src/server/graphiql/assets.ts'), async importOriginal => {
  const original = await importOriginal()
  const loadAssets = vi.fn(original.loadAssets)
  loadAssets.mockRejectedValueOnce(new Error('EMFILE: too many open files'))
  return { ...original, loadAssets }
})

test('a page that could not be loaded is there once it can be', async () => {
  await using gateway = await startTestedGateway()
  const look = () => fetch(gateway.url, { headers: { accept: 'text/html' } })
  const failed = await look()
  expect(failed.status).toBe(500)
  expect(await failed.text()).not.toContain('EMFILE')
  expect((await look()).status).toBe(200)
})
