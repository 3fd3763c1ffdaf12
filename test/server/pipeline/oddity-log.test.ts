import { expect, it } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { NO_METRICS } from '../../../src/server/metrics/metrics.ts'
import { createOddityLog } from '../../../src/server/pipeline/oddity-log.ts'

it('tells of an oddity at its 1st, 10th and 100th sighting, each kind and endpoint apart', () => {
  const lines: string[] = []
  const onOddity = createOddityLog(
    createLog('info', { write: line => void lines.push(line) }),
    NO_METRICS,
  )
  for (let i = 0; i < 150; i++) onOddity('histories', 'unreadable-field')
  onOddity('histories', 'unreadable-field', 'csPrice', 700)
  onOddity('histories', 'unreadable-field', 'csPrice', 9_000)
  onOddity('histories_v2', 'unreadable-field')
  onOddity('histories', 'tolerated-json')
  const told = lines.map(line => JSON.parse(line))
  expect(told.map(({ endpoint, oddity, count }) => [endpoint, oddity, count])).toEqual([
    ['histories', 'unreadable-field', 1],
    ['histories', 'unreadable-field', 10],
    ['histories', 'unreadable-field', 100],
    ['histories', 'unreadable-field', 9850],
    ['histories_v2', 'unreadable-field', 1],
    ['histories', 'tolerated-json', 1],
  ])
})
