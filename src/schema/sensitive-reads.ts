import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql'
import { defaultFieldResolver } from 'graphql'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { Context } from './context.ts'
import { guardedFields } from './guarded-fields.ts'
import type { Scope } from './scopes.ts'

/** Notes which fields an operation reads that an audit has to know of. */
export interface SensitiveReads {
  /** May throw, so that the field is not read. */
  note(csId: number, scopes: readonly Scope[], info: GraphQLResolveInfo): void
}

const SENSITIVE: readonly Scope[] = ['contact:read', 'chat:read']

/** Has the fields of contacts and chats note that they are read. Changes the schema. */
export function noteSensitiveReads(schema: GraphQLSchema): GraphQLSchema {
  for (const { coordinate, field, scopes } of guardedFields(schema)) {
    // Fields of others lead to records, and give nothing of a contact themselves.
    const isOfRecord = coordinate.startsWith('RemoteRecord.')
    if (!isOfRecord || !scopes.some(scope => SENSITIVE.includes(scope))) continue
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (parent, args, context: Context, info) => {
      context.reads?.note((parent as LocatedRecord).resource.csId, scopes, info)
      return resolve(parent, args, context, info)
    }
  }
  return schema
}
