import { expect, it } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { NO_METRICS } from '../../../src/server/metrics/metrics.ts'
import { createOddityLog } from '../../../src/server/pipeline/oddity-log.ts'

it('tells of an oddity at its 1st, 10th and 100th sighting, each kind apart', () => {
  const lines: string[] = []
  const onOddity = createOddityLog(
    createLog('info', { write: line => void lines.push(line) }),
    NO_METRICS,
  )
  for (let i = 0; i < 150; i++) onOddity('unreadable-field')
  onOddity('tolerated-json')
  const told = lines.map(line => JSON.parse(line))
  expect(told.map(({ oddity, count }) => [oddity, count])).toEqual([
    ['unreadable-field', 1],
    ['unreadable-field', 10],
    ['unreadable-field', 100],
    ['tolerated-json', 1],
  ])
})
