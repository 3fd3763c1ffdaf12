import fc from 'fast-check'
import { parse } from 'graphql'
import { expect, it } from 'vitest'
import { sizeOfDocument } from '../../../src/server/documents/document-size.ts'
import { naiveSize } from './naive-size.ts'

const FRAGMENTS = 5

const directives = fc
  .array(fc.constantFrom(' @include(if: true)', ' @odd'), { maxLength: 2 })
  .map(each => each.join(''))

const fieldName = fc.constantFrom('a', 'b', 'edges', 'ofType', '__typename')
const alias = fc.constantFrom('', '', 'a: ', 'c: ')

/** What may be selected in a definition that may spread the fragments from one on. */
const selectionSet = (from: number) =>
  fc.letrec<{ set: string; selection: string; field: string; inline: string }>(tie => ({
    set: fc
      .array(tie('selection'), { minLength: 1, maxLength: 4 })
      .map(selections => `{ ${selections.join(' ')} }`),
    selection: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'selections' },
      fc.tuple(alias, fieldName, directives).map(parts => parts.join('')),
      // The last one is of no fragment that there is.
      fc
        .tuple(fc.integer({ min: from, max: FRAGMENTS }), directives)
        .map(([at, applied]) => `...F${at}${applied}`),
      tie('field'),
      tie('inline'),
    ),
    field: fc.tuple(alias, fieldName, directives, tie('set')).map(parts => parts.join('')),
    inline: fc
      .tuple(fc.constantFrom('', ' on T'), directives, tie('set'))
      .map(([type, applied, set]) => `...${type}${applied}${set}`),
  })).set

const operation = fc
  .tuple(
    fc.constantFrom('', '($v: Int)', '($v: Int @odd, $w: Int @odd @odd)'),
    directives,
    selectionSet(0),
  )
  .map(([variables, applied, set]) => ({ variables, applied, set }))

const fragments = fc.tuple(
  ...Array.from({ length: FRAGMENTS }, (_, at) =>
    fc
      .tuple(directives, selectionSet(at + 1))
      .map(([applied, set]) => `fragment F${at} on T${applied} ${set}`),
  ),
)

const source = fc
  .tuple(fc.array(operation, { maxLength: 3 }), fragments)
  .map(([operations, definitions]) =>
    [
      ...operations.map(
        ({ variables, applied, set }, at) => `query Q${at}${variables}${applied} ${set}`,
      ),
      ...definitions,
    ].join('\n'),
  )

it('a document is as large as if all its fragments were written out', () => {
  fc.assert(
    fc.property(source, text => {
      const document = parse(text)
      expect(sizeOfDocument(document)).toEqual(naiveSize(document))
    }),
    { numRuns: 500 },
  )
})
