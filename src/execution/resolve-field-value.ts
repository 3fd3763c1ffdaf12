import type { FieldNode, GraphQLField, GraphQLFieldResolver } from 'graphql'
import { BREAK, defaultFieldResolver, getArgumentValues, visit } from 'graphql'
import type { Args, CollectedField, ResolveFieldValue } from './collected-field.ts'
import { ResolveInfo } from './resolve-info.ts'

/**
 * A field's arguments, coerced once for all objects, and once for all executions if no variable is
 * among them. They are frozen: a resolver that changed them would change them for others too.
 */
export function argsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): CollectedField['args'] {
  if (definition.args.length === 0) return () => NONE
  if (usesVariables(node)) {
    const coerce: CollectedField['args'] = ({ context }) =>
      deepFreeze(getArgumentValues(definition, node, context.variableValues))
    return execution => execution.coerceOnce(coerce)
  }
  let args: Args | undefined
  return () => {
    args ??= deepFreeze(getArgumentValues(definition, node))
    return args
  }
}

const NONE: Args = Object.freeze({})

function usesVariables({ arguments: given = [] }: FieldNode): boolean {
  let isUsed = false
  const Variable = () => {
    isUsed = true
    return BREAK
  }
  for (const argument of given) visit(argument, { Variable })
  return isUsed
}

/** Freezes lists and plain objects; others, such as the values of an enum, are not the caller's. */
function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype && !Array.isArray(value)) return value
  Object.freeze(value)
  for (const each of Object.values(value)) deepFreeze(each)
  return value
}

/** How a field's value is come by. */
export const resolveBy = (resolver: GraphQLFieldResolver<unknown, unknown>): ResolveFieldValue =>
  resolver === defaultFieldResolver ? resolveProperty : resolveByFunction(resolver)

const resolveByFunction =
  (resolver: GraphQLFieldResolver<unknown, unknown>): ResolveFieldValue =>
  (execution, field, source, parent) => {
    const info = new ResolveInfo(execution, field, parent)
    return resolver(source, field.args(execution), execution.context.contextValue, info)
  }

const resolveMethod = resolveByFunction(defaultFieldResolver)

/** What `defaultFieldResolver` does, which needs `info` only if the property is a method. */
const resolveProperty: ResolveFieldValue = (execution, field, source, parent) => {
  // Wrong arguments fail the field, although a property takes none.
  field.args(execution)
  const property = hasProperties(source) ? source[field.definition.name] : undefined
  return typeof property === 'function' ? resolveMethod(execution, field, source, parent) : property
}

const hasProperties = (value: unknown): value is Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
