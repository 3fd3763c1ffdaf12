import { expect, it } from 'vitest'
import { createSealing } from '../../src/cache/sealing.ts'

const sealing = createSealing('a secret')

it('reads what it sealed, under the name that it was sealed for', () => {
  const sealed = sealing.seal('name', '密码 text')
  expect(sealing.open('name', sealed)).toBe('密码 text')
  expect(sealing.open('other name', sealed)).toBeUndefined()
  expect(createSealing('another').open('name', sealed)).toBeUndefined()
})

it('reads nothing that was changed, cut or made up', () => {
  const sealed = sealing.seal('name', 'text')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(sealing.open('name', changed)).toBeUndefined()
    expect(sealing.open('name', sealed.subarray(0, at))).toBeUndefined()
  }
})

it('seals the same differently each time, and gives each list of parts a name of its own', () => {
  expect(sealing.seal('name', 'text').equals(sealing.seal('name', 'text'))).toBe(false)
  const names = [['a:b', 'c'], ['a', 'b:c'], ['ab', 'c'], ['a', 'bc'], ['a', 'b', 'c'], ['abc']]
  expect(new Set(names.map(parts => sealing.nameOf(...parts))).size).toBe(names.length)
  expect(sealing.nameOf('a')).not.toBe(createSealing('another').nameOf('a'))
})
