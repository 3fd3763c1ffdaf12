import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql'
import { defaultFieldResolver, getNamedType, isNonNullType, isObjectType, Kind } from 'graphql'
import type { Context } from '../context.ts'
import type { FieldExtensions } from '../plan/field-plan.ts'
import { assertMayRead, SCOPES, type Scope, sentenceOn } from './scopes.ts'

type Field = GraphQLField<unknown, Context>

/** A field that needs a scope which its parent does not need already. */
interface GuardedField {
  readonly coordinate: string
  readonly field: Field
  readonly scopes: readonly Scope[]
}

/**
 * Has each field that needs scopes look for them before it does anything else, on every way that leads
 * to it. A type that needs a scope makes each field need it that gives the type. What the fields need
 * is what `requiresScopes` says of them, for routers too. Changes the schema.
 */
export function guardFields(schema: GraphQLSchema): GraphQLSchema {
  for (const { coordinate, field, scopes } of guardedFields(schema)) {
    const { isGuardedItemByItem }: FieldExtensions = field.extensions
    if (isGuardedItemByItem) continue
    // If a field that is refused could not be null, its neighbours would be lost too.
    if (isNonNullType(field.type)) throw new Error(`Expected ${coordinate} to be nullable.`)
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (parent, args, context, info) => {
      for (const scope of scopes) assertMayRead(context, scope)
      return resolve(parent, args, context, info)
    }
  }
  schema.extensions = { ...schema.extensions, areScopesEnforced: true }
  return schema
}

/** Appends to descriptions which scopes are needed. Changes the schema. */
export function describeScopes(schema: GraphQLSchema): GraphQLSchema {
  for (const { field, scopes } of guardedFields(schema)) append(field, scopes)
  for (const type of Object.values(schema.getTypeMap())) append(type, scopesOf(type))
  return schema
}

function append(described: Field | GraphQLNamedType, scopes: readonly Scope[]): void {
  if (scopes.length === 0) return
  described.description = `${described.description} ${sentenceOn(scopes)}`
  // The text that is printed is that of the AST node, if there is one.
  const { astNode, description: value } = described
  if (astNode) Object.assign(astNode, { description: { kind: Kind.STRING, value } })
}

export function guardedFields(schema: GraphQLSchema): GuardedField[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap(type => {
      const around = scopesOf(type)
      return Object.values(type.getFields()).flatMap(field => {
        const scopes = [...new Set([...scopesOf(field), ...scopesOf(getNamedType(field.type))])]
        const further = scopes.filter(scope => !around.includes(scope))
        const coordinate = `${type.name}.${field.name}`
        return further.length > 0 ? [{ coordinate, field, scopes: further }] : []
      })
    })
}

interface Directive {
  readonly name: string
  readonly args?: { readonly scopes?: readonly (readonly string[])[] }
}

/** All scopes are needed: the directive can name alternatives, but this graph has none. */
function scopesOf({ extensions }: Pick<GraphQLNamedType | Field, 'extensions'>): Scope[] {
  const directives = (extensions.directives ?? []) as readonly Directive[]
  const named = directives.find(({ name }) => name === 'requiresScopes')?.args?.scopes ?? []
  return SCOPES.filter(scope => named.flat().includes(scope))
}
