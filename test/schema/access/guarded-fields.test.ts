import { expect, test } from 'vitest'
import { guardedFields } from '../../../src/schema/access/guarded-fields.ts'
import { createSchema } from '../../../src/schema/schema.ts'

test('each field that needs a scope is guarded once', () => {
  const needed = guardedFields(createSchema()).map(
    ({ coordinate, scopes }) => `${coordinate} ${scopes.join()}`,
  )
  expect(needed.toSorted()).toEqual([
    'Agent.name record:read',
    'Agent.remoteRecords record:read',
    'Client.remoteRecords contact:read,record:read',
    'ProblemType.label record:read',
    'Query.agents record:read',
    'Query.remoteRecord record:read',
    'Query.remoteRecordStatistics record:read',
    'Query.remoteRecords record:read',
    'Query.remoteRecordsByCsId record:read',
    'Query.serviceSummary summary:read',
    'RemoteRecord.chatMessages chat:read',
    'RemoteRecord.chatUrl chat:read',
    'RemoteRecord.client contact:read',
    'RemoteRecord.companyName contact:read',
    'RemoteRecord.contactMethod contact:read',
    'RemoteRecord.contactName contact:read',
    'RemoteRecord.serviceSummary summary:read',
    'RemoteRecordStatistics.byCompany contact:read',
  ])
})

test('these root fields need no scope', () => {
  const guarded = new Set(guardedFields(createSchema()).map(({ coordinate }) => coordinate))
  const open = Object.keys(createSchema().getQueryType()?.getFields() ?? {})
  expect(open.filter(name => !guarded.has(`Query.${name}`)).toSorted()).toEqual([
    '_entities',
    '_service',
    'agent',
    'client',
    'node',
    'nodes',
  ])
})
