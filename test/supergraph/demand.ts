import type {
  ConstDirectiveNode,
  FieldNode,
  GraphQLArgument,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql'
import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql'

/** Of lists whose size nobody states; routers take it from their configuration. */
const LIST_SIZE = 10

type Field = GraphQLField<unknown, unknown>

/** What a field states of the lists below it. */
interface ListSize {
  readonly sizedFields: readonly string[]
  readonly objects: number
}

/**
 * What a router's demand control adds up for a query, from the `@cost` and `@listSize` of a
 * supergraph: by the rules of Apollo Router's documentation, for queries without fragments,
 * variables and interfaces.
 */
export function demandOf(supergraph: GraphQLSchema, source: string): number {
  const [operation] = parse(source).definitions
  const query = supergraph.getQueryType()
  if (!query || operation?.kind !== Kind.OPERATION_DEFINITION) return Number.NaN
  return demandOfSelections(query, operation.selectionSet, undefined)
}

function demandOfSelections(
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  size: ListSize | undefined,
): number {
  const fields = type.getFields()
  const demands = selections.map(node => {
    const field = node.kind === Kind.FIELD ? fields[node.name.value] : undefined
    return field && node.kind === Kind.FIELD ? demandOfField(field, node, size) : Number.NaN
  })
  return sum(demands)
}

function demandOfField(field: Field, node: FieldNode, size: ListSize | undefined): number {
  const type = getNamedType(field.type)
  const own = listSizeOf(field, node)
  const below =
    node.selectionSet && isObjectType(type) ? demandOfSelections(type, node.selectionSet, own) : 0
  const given = field.args.filter(({ name }) =>
    node.arguments?.some(argument => argument.name.value === name),
  )
  const objects = own && own.sizedFields.length === 0 ? own.objects : objectsOf(field, size)
  return objects * (weightOf(field) + below) + sum(given.map(weightOfArgument))
}

function weightOf({ astNode, type }: Field): number {
  const named = getNamedType(type)
  const { weight } = stated('cost', astNode) ?? stated('cost', named.astNode) ?? {}
  return Number(weight ?? isCompositeType(named))
}

function weightOfArgument({ astNode, type }: GraphQLArgument): number {
  const { weight } = stated('cost', astNode) ?? {}
  return Number(weight ?? isInputObjectType(getNamedType(type)))
}

function objectsOf({ name, type }: Field, size: ListSize | undefined): number {
  if (!isListType(getNullableType(type))) return 1
  return size?.sizedFields.includes(name) ? size.objects : LIST_SIZE
}

function listSizeOf(field: Field, node: FieldNode): ListSize | undefined {
  const said = stated('listSize', field.astNode)
  if (!said) return undefined
  const args = getArgumentValues(field, node)
  const sizes = toStrings(said.slicingArguments).map(name => Number(args[name] ?? 0))
  return {
    sizedFields: toStrings(said.sizedFields),
    objects: Math.max(0, ...sizes) || Number(said.assumedSize),
  }
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined
}

/** The arguments of a directive; undefined where it is not there. */
export function stated(
  name: string,
  node: Directed | null | undefined,
): Record<string, unknown> | undefined {
  const directive = node?.directives?.find(each => each.name.value === name)
  const values = directive?.arguments?.map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value),
  ])
  return values && Object.fromEntries(values)
}

const toStrings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
