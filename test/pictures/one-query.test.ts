import { describe, expect, it } from 'vitest'
import { pathTo } from '../repository/repository.ts'
import { measure } from './measure.ts'
import { toSvg } from './one-query.ts'

describe('the picture of README.md', () => {
  // vitest -u draws it anew.
  it.each(['2026-11-23T12:00:00+08:00', '2027-02-28T23:59:00+08:00', '2031-08-09T00:01:00+08:00'])(
    'shows what is measured, at %s',
    async now => {
      const measured = await measure(new Date(now))
      await expect(toSvg(measured)).toMatchFileSnapshot(pathTo('test/pictures/one-query.svg'))
    },
  )
})
