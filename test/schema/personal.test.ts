import type { GraphQLFieldConfig } from 'graphql'
import { getNamedType, isInputObjectType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { createSchema } from '../../src/schema/schema.ts'
import { recordWith } from './record-with.ts'

/** Texts and addresses that tell of no person. A new one has to be put here, or tagged. */
const IMPERSONAL = [
  'Agent.id',
  'Agent.servicerId',
  'ChatMessageEdge.cursor',
  'Client.uniqueNumber',
  'CustomField.key',
  'PageInfo.endCursor',
  'PageInfo.startCursor',
  'ProblemType.label',
  'ProblemType.optionId',
  'RemoteRecord.contactMethodMasked',
  'RemoteRecord.csId',
  'RemoteRecord.id',
  'RemoteRecord.serviceCardId',
  'RemoteRecord.sessionId',
  'RemoteRecordEdge.cursor',
  'ServiceSummary.csId',
  'ServiceSummary.templateName',
]

const FREE_TYPES = ['String', 'ID', 'URL']

const fields = Object.values(createSchema().getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('_'))
  .flatMap(type =>
    Object.values(type.getFields()).map(field => ({
      coordinate: `${type.name}.${field.name}`,
      typeName: getNamedType(field.type).name,
      isPersonal: hasPersonalTag(field),
    })),
  )

function hasPersonalTag({ extensions }: Pick<GraphQLFieldConfig<unknown, unknown>, 'extensions'>) {
  const directives: unknown = extensions?.directives
  return JSON.stringify(directives ?? []).includes('{"name":"tag","args":{"name":"personal"}}')
}

const coordinates = (of: typeof fields) => of.map(({ coordinate }) => coordinate).toSorted()

test('each text either tells of a person, and is tagged so, or tells of none', () => {
  const texts = fields.filter(({ typeName }) => FREE_TYPES.includes(typeName))
  expect(coordinates(texts.filter(({ isPersonal }) => !isPersonal))).toEqual(IMPERSONAL)
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
