import { describe, expect, it } from 'vitest'
import { createLog, describeError, type LogFields } from '../src/log.ts'

function recordedLog(level = 'info') {
  const lines: string[] = []
  const log = createLog(level, { write: line => void lines.push(line) })
  return { log, lines, entries: () => lines.map(line => JSON.parse(line)) }
}

describe('a line', () => {
  it('is one JSON object with its level, time and event', () => {
    const { log, lines, entries } = recordedLog()
    log.info('operation', { requestId: 'abc', durationMs: 12, errorCodes: ['FORBIDDEN'] })
    expect(lines[0]?.endsWith('}\n')).toBe(true)
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
        event: 'operation',
        requestId: 'abc',
        durationMs: 12,
        errorCodes: ['FORBIDDEN'],
      },
    ])
  })

  it('is not written below the level', () => {
    const { log, entries } = recordedLog('error')
    log.info('operation')
    log.warn('upstream-oddity')
    log.error('unexpected-error')
    expect(entries().map(({ event }) => event)).toEqual(['unexpected-error'])
  })

  it('drops every field that is not on the list', () => {
    const { log, lines } = recordedLog()
    const careless = {
      outcome: 'ok',
      authorization: 'Basic c2VjcmV0',
      variables: { phone: '13800138000' },
      query: '{ secret }',
      err: new Error('secret'),
      __proto__: { password: 'secret' },
    }
    log.info('operation', careless as LogFields)
    const fields = Object.keys(JSON.parse(lines[0] ?? ''))
    expect(fields).toEqual(['level', 'time', 'outcome', 'event'])
  })

  it('drops an object, though its field is on the list', () => {
    const { log, entries } = recordedLog()
    const careless = { outcome: { password: 'secret' }, causes: [{ password: 'secret' }] }
    log.info('operation', careless as unknown as LogFields)
    expect(Object.keys(entries()[0])).toEqual(['level', 'time', 'event'])
  })
})

describe('an error', () => {
  it('is told by its class and where it was thrown, without its message', () => {
    const described = describeError(new RangeError('13800138000\n    at secret'))
    expect(described.errorName).toBe('RangeError')
    expect(described.frames?.[0]).toContain('log.test.ts')
    expect(JSON.stringify(described)).not.toMatch(/138|secret/)
    expect(describeError(new Error('')).frames?.[0]).toContain('log.test.ts')
  })

  it('may be anything', () => {
    expect(describeError('13800138000')).toEqual({ errorName: 'string' })
    expect(describeError(undefined)).toEqual({ errorName: 'undefined' })
    expect(describeError(Object.assign(new Error(''), { stack: undefined }))).toEqual({
      errorName: 'Error',
      frames: [],
    })
  })
})
