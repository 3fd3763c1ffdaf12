import type { FieldNode, GraphQLField, GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql'
import { BREAK, defaultFieldResolver, getArgumentValues, visit } from 'graphql'
import { type Args, FieldInfo, placeOf, type Resolve, type SelectedField } from './field.ts'

/** A field's arguments: read once for all objects, and once for all executions if they may be. */
export function argsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): SelectedField['args'] {
  if (definition.args.length === 0) return () => NONE
  if (usesVariables(node)) {
    const read: SelectedField['args'] = ({ scope }) =>
      getArgumentValues(definition, node, scope.variableValues)
    return execution => execution.readOnce(read)
  }
  let args: Args | undefined
  return () => {
    args ??= getArgumentValues(definition, node)
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

/**
 * How a field's value is come by. A resolver that takes no `info`, as most take none, is given
 * none: it would be made for each field of each object.
 */
export function resolveBy(resolver: GraphQLFieldResolver<unknown, unknown>): Resolve {
  if (resolver === defaultFieldResolver) return resolveProperty
  return resolver.length > 3 ? withInfo(resolver) : withoutInfo({ resolve: resolver })
}

const withInfo =
  (resolver: GraphQLFieldResolver<unknown, unknown>): Resolve =>
  (execution, field, source, result, parent) => {
    const info = new FieldInfo(execution, field, placeOf(field, result, parent))
    return resolver(source, field.args(execution), execution.scope.contextValue, info)
  }

/** A method, so that every resolver fits. */
interface Uninformed {
  resolve(source: unknown, args: Args, context: unknown, info?: GraphQLResolveInfo): unknown
}

const withoutInfo =
  ({ resolve }: Uninformed): Resolve =>
  (execution, field, source) =>
    resolve(source, field.args(execution), execution.scope.contextValue)

const resolveMethod = withInfo(defaultFieldResolver)

/** What `defaultFieldResolver` does, which needs `info` only where the property is a method. */
const resolveProperty: Resolve = (execution, field, source, result, parent) => {
  // Bad ones fail the field, although a property takes none.
  field.args(execution)
  const property = hasProperties(source) ? source[field.definition.name] : undefined
  return typeof property === 'function'
    ? resolveMethod(execution, field, source, result, parent)
    : property
}

const hasProperties = (value: unknown): value is Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
