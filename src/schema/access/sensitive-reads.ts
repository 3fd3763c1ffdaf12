import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql'
import { defaultFieldResolver } from 'graphql'
import type { LocatedRecord } from '../../loaders/remote-record.ts'
import type { Context } from '../context.ts'
import { guardedFields } from './guarded-fields.ts'
import type { Scope } from './scopes.ts'

/** Notes which fields of interest to the audit an operation reads. */
export interface SensitiveReads {
  /**
   * `csId` is that of the record; undefined for many records. If it throws, the field is not read.
   */
  note(csId: number | undefined, scopes: readonly Scope[], info: GraphQLResolveInfo): void
}

const SENSITIVE: readonly Scope[] = ['contact:read', 'chat:read']

/** Makes the fields of contacts and chats note that they are read. Changes the schema. */
export function noteSensitiveReads(schema: GraphQLSchema): GraphQLSchema {
  for (const { coordinate, field, scopes } of guardedFields(schema)) {
    const sensitive = scopes.filter(scope => SENSITIVE.includes(scope))
    if (sensitive.length === 0) continue
    const isOfRecord = coordinate.startsWith('RemoteRecord.')
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (parent, args, context: Context, info) => {
      const csId = isOfRecord ? (parent as LocatedRecord).resource.csId : undefined
      context.reads?.note(csId, sensitive, info)
      return resolve(parent, args, context, info)
    }
  }
  return schema
}
