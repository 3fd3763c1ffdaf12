import { describe, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'
import { forPeople } from '../src/log-for-people.ts'

function sentences(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const texts: string[] = []
  write(
    createLog(
      'debug',
      forPeople(text => void texts.push(text)),
    ),
  )
  return texts.map(text => text.replace(/^\d\d:\d\d:\d\d /, ''))
}

describe('on a terminal', () => {
  it('an operation is a sentence', () => {
    const operation = { durationMs: 12, upstreamCalls: 1, upstreamMs: 9, bytesOut: 2048 }
    expect(
      sentences(log => {
        log.info('operation', { ...operation, operationName: 'Latest', outcome: 'ok' })
        log.warn('operation', {
          durationMs: 3,
          outcome: 'failed',
          errorCodes: ['UPSTREAM_UNAVAILABLE'],
          causes: ['ECONNREFUSED'],
        })
      }),
    ).toEqual([
      'Latest: ok after 12 ms, 1 upstream call in 9 ms, 2048 bytes.\n',
      'An operation: failed (UPSTREAM_UNAVAILABLE, ECONNREFUSED) after 3 ms, 0 upstream calls, 0 bytes.\n',
    ])
  })

  it('so is everything else', () => {
    expect(
      sentences(log => {
        const call = { endpoint: 'histories', page: 3, durationMs: 4 }
        log.debug('upstream-call', { ...call, attempt: 1, status: 200, outcome: 'ok' })
        log.debug('upstream-call', { ...call, attempt: 2, outcome: 'UPSTREAM_TIMEOUT' })
        log.debug('upstream-call', { ...call, outcome: 'UPSTREAM_UNAVAILABLE' })
        log.debug('cache-read', { kind: 'list_of_past_days', outcome: 'stale', ageMs: 900 })
        log.debug('answer-repeated', { count: 2, ageMs: 900 })
        log.info('request-refused', { status: 404, errorCodes: ['NOT_FOUND'] })
        log.warn('upstream-oddity', { endpoint: 'histories', oddity: 'unreadable-row', count: 10 })
        log.error('unexpected-error', { errorName: 'TypeError', frames: ['a.ts:1', 'b.ts:2'] })
        log.info('draining', { signal: 'SIGINT' })
        log.info('stopped')
      }),
    ).toEqual([
      '  histories, page 3: ok (200) after 4 ms.\n',
      '  histories, page 3, attempt 2: UPSTREAM_TIMEOUT after 4 ms.\n',
      '  histories, page 3, not sent: UPSTREAM_UNAVAILABLE after 4 ms.\n',
      '  list_of_past_days: stale, 900 ms old.\n',
      '  The whole answer was given before: 2 answers of the upstream, 900 ms old.\n',
      'A request was refused: 404 (NOT_FOUND).\n',
      'The upstream did what its API does not say: unreadable-row of histories, 10 times so far.\n',
      'A fault of the gateway: TypeError.\n    at a.ts:1\n    at b.ts:2\n',
      'SIGINT: no more requests; the answers under way finish.\n',
      'Stopped.\n',
    ])
  })

  it('the start needs none: what is printed then says more', () => {
    expect(sentences(log => log.info('listening', { port: 4000 }))).toEqual([])
  })
})
