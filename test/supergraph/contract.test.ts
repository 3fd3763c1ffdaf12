import { applyTagFilterOnSubgraphs } from '@theguild/federation-composition'
import { isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { PERSONAL } from '../../src/schema/access/personal.ts'
import type { Composition } from './compose.ts'
import { COMPOSERS, crm, directory, fieldsOf, remoteAssistance, staff } from './compose.ts'

const subgraphs = [crm, staff, directory, remoteAssistance]

/** As a registry makes a contract: what has the tag becomes inaccessible in each subgraph. */
const withoutPersonal = applyTagFilterOnSubgraphs(subgraphs, {
  include: new Set(),
  exclude: new Set([PERSONAL]),
})

const objectTypesOf = ({ schema }: Composition) =>
  Object.values(schema?.getTypeMap() ?? {})
    .filter(type => isObjectType(type))
    .map(({ name }) => name)
    .toSorted()

describe.each(Object.entries(COMPOSERS))(
  'a contract without what is personal, by %s',
  (_, compose) => {
    const contract = compose(withoutPersonal)

    it('composes, without an error or a hint', () => {
      expect(contract.complaints).toEqual([])
    })

    it('has each type that the whole has, with what is left of its fields', () => {
      expect(objectTypesOf(contract)).toEqual(objectTypesOf(compose(subgraphs)))
      const { schema } = contract
      expect(fieldsOf(schema, 'ChatMessage')).toEqual(['sender', 'sentAt'])
      expect(fieldsOf(schema, 'CustomField')).toEqual(['key'])
      expect(fieldsOf(schema, 'Agent')).toEqual([
        'id',
        'remoteRecords',
        'servicerId',
        'staffMember',
      ])
      expect(fieldsOf(schema, 'RemoteRecord')).not.toContain('contactMethod')
    })
  },
)
