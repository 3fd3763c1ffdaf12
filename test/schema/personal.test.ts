import type { GraphQLFieldConfig } from 'graphql'
import { getNamedType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { createSchema } from '../../src/schema/schema.ts'

/** Texts, numbers and addresses that tell of no person. A new one has to be put here, or tagged. */
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
  'RemoteRecord.csId',
  'RemoteRecord.id',
  'RemoteRecord.price',
  'RemoteRecord.serviceCardId',
  'RemoteRecord.sessionId',
  'RemoteRecordEdge.cursor',
  'ServiceSummary.templateName',
]

const PERSONAL = [
  'Agent.name',
  'ChatMessage.senderName',
  'ChatMessage.text',
  'CustomField.attachments',
  'CustomField.value',
  'RemoteRecord.chatUrl',
  'RemoteRecord.companyName',
  'RemoteRecord.computerNote',
  'RemoteRecord.contactMethod',
  'RemoteRecord.contactName',
  'RemoteRecord.description',
  'RemoteRecord.ratingComment',
  'RemoteRecord.solution',
]

const FREE_TYPES = ['String', 'ID', 'URL', 'Decimal']

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

test('what is tagged is what tells of a person', () => {
  expect(coordinates(fields.filter(({ isPersonal }) => isPersonal))).toEqual(PERSONAL)
})
