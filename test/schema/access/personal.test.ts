import type { GraphQLFieldConfig } from 'graphql'
import { getNamedType, isInputObjectType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { createSchema } from '../../../src/schema/schema.ts'
import { recordWith } from '../record-with.ts'

/** Fields that every node, edge or page has. */
const OF_ANY_LIST = ['id', 'cursor', 'startCursor', 'endCursor']

const FREE_TYPES = ['String', 'ID', 'URL']

const fields = Object.values(createSchema().getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('_'))
  .flatMap(type =>
    Object.values(type.getFields()).map(field => ({
      coordinate: `${type.name}.${field.name}`,
      typeName: getNamedType(field.type).name,
      isPersonal: hasPersonalTag(field),
      isImpersonal: field.extensions.isImpersonal === true || OF_ANY_LIST.includes(field.name),
    })),
  )

function hasPersonalTag({ extensions }: Pick<GraphQLFieldConfig<unknown, unknown>, 'extensions'>) {
  const directives: unknown = extensions?.directives
  return JSON.stringify(directives ?? []).includes('{"name":"tag","args":{"name":"personal"}}')
}

const coordinates = (of: typeof fields) => of.map(({ coordinate }) => coordinate).toSorted()

test('each text declares whether it is about a person', () => {
  const texts = fields.filter(({ typeName }) => FREE_TYPES.includes(typeName))
  expect(texts.length).toBeGreaterThan(25)
  const undeclared = texts.filter(({ isPersonal, isImpersonal }) => isPersonal === isImpersonal)
  expect(coordinates(undeclared)).toEqual([])
})

test('a condition that looks at what is tagged is tagged: by it one could find that out', () => {
  const filter = createSchema().getType('RemoteRecordFilter')
  const conditions = isInputObjectType(filter) ? Object.values(filter.getFields()) : []
  expect(conditions.filter(hasPersonalTag).map(({ name }) => name)).toEqual([
    'companyNames',
    'customField',
    'textContains',
  ])
})

test.each([
  ['a mobile phone', '13212348478', '132****8478'],
  ['a telephone', '0571-86512345', '057****2345'],
  ['a number without its area', '86512345', '86****45'],
  ['a number of seven digits', '8651234', '****'],
  ['a nick', '小李', '****'],
  ['signs of two code units each', '😀😁😂😃😄😅😆😇😈😉😊', '😀😁😂****😇😈😉😊'],
  ['nothing', '', null],
])('the middle of %s is hidden', async (_, contactMethod, contactMethodMasked) => {
  expect(await recordWith({ contactMethod }, 'contactMethodMasked')).toEqual({
    contactMethodMasked,
  })
})
