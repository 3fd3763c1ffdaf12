import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql'
import { defaultFieldResolver } from 'graphql'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { Context } from './context.ts'
import { guardedFields } from './guarded-fields.ts'
import type { Scope } from './scopes.ts'

/** Notes which fields an operation reads that an audit has to know of. */
export interface SensitiveReads {
  /** Of a record, or of many if there is no csId. May throw, so that the field is not read. */
  note(csId: number | undefined, scopes: readonly Scope[], info: GraphQLResolveInfo): void
}

const SENSITIVE: readonly Scope[] = ['contact:read', 'chat:read']

/** Has the fields of contacts and chats note that they are read. Changes the schema. */
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
