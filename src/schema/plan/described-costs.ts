import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql'
import { isObjectType, isRequiredArgument, Kind } from 'graphql'
import { DEFAULT_PAGE } from '../arguments/connection-arguments.ts'
import type { FieldExtensions, PlanContext } from './field-plan.ts'
import { DEAREST } from './field-plan.ts'
import { planLookUps } from './look-up-plan.ts'

type Field = GraphQLField<unknown, unknown>

/**
 * Ends the description of each field that makes upstream calls with a sentence on how many. It is made
 * from the field's plan for a usual request, so that it says what `x-explain` says. Changes the schema.
 */
export function describeCosts(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType()
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const sentence = sentenceOnPart(query, field) ?? sentenceOn(type, field, type === query)
      if (sentence) append(field, sentence)
    }
  }
  return schema
}

/** A request whose selection has these paths of field names, and nothing else. */
function contextWith(...paths: readonly (readonly string[])[]): PlanContext {
  const selected = new Set(paths.map(path => path.join('.')))
  return {
    ...DEAREST,
    below: { has: (...path) => selected.has(path.join('.')), namesOn: () => new Set() },
  }
}

/** What is usually selected of a list: its rows, and nothing that costs more. */
const USUAL = contextWith(['nodes'])

const FOR_EACH_PAGE = `Costs 1 upstream call for each page of ${DEAREST.known.pageSizeOf('histories').rows} records that it reads.`

function sentenceOn(type: GraphQLObjectType, field: Field, isRoot: boolean): string | undefined {
  const { usual = {} }: FieldExtensions = field.extensions
  const isCallable = field.args.every(each => !isRequiredArgument(each) || each.name in usual)
  if (!isCallable) return undefined
  const { expected, takesRest } = callsOf(field, USUAL)
  if (takesRest) return FOR_EACH_PAGE
  const { atMost } = callsOf(field, DEAREST)
  if (atMost === 0) return undefined
  const of = [sizeOf(field), isRoot ? undefined : `each ${type.name}`].filter(Boolean)
  return `Costs ${callsText(expected, atMost)}${of.length > 0 ? ` for ${of.join(' of ')}` : ''}.`
}

/** On a field whose calls are part of the plan of a list. */
function sentenceOnPart(
  query: GraphQLObjectType | null | undefined,
  { extensions }: Field,
): string | undefined {
  const { plannedBy }: FieldExtensions = extensions
  const list = plannedBy && query?.getFields()[plannedBy.list]
  if (!list) return undefined
  const without = callsOf(list, USUAL)
  const withIt = callsOf(list, contextWith(['nodes'], plannedBy.path))
  const expected = withIt.expected - without.expected
  const calls = callsText(expected, withIt.atMost - without.atMost)
  return `Costs ${calls} for a page of ${DEFAULT_PAGE} ${plannedBy.list}.`
}

function callsText(expected: number, atMost: number): string {
  const calls = `${expected || 'no'} upstream ${expected === 1 ? 'call' : 'calls'}`
  return atMost === expected ? calls : `${calls} as a rule, ${atMost} at most`
}

function callsOf({ extensions }: Field, context: PlanContext) {
  const { plan, usual = {} }: FieldExtensions = extensions
  const { calls = [], lookUps } = plan?.(usual as never, context) ?? {}
  const all = [...calls, ...planLookUps(lookUps ? [lookUps] : [], context.known)]
  const sum = (key: 'expected' | 'atMost') => all.reduce((total, each) => total + each[key], 0)
  const takesRest = all.some(each => each.takesRest === true)
  return { expected: sum('expected'), atMost: sum('atMost'), takesRest }
}

/** The amount that the stated cost is for, if the caller may choose how much is wanted. */
function sizeOf({ args, extensions }: Field): string | undefined {
  const { usual = {} }: FieldExtensions = extensions
  if (args.some(({ name }) => name === 'first')) return `a page of ${DEFAULT_PAGE}`
  return Object.values(usual).some(Array.isArray) ? 'one of them' : undefined
}

function append(field: Field, sentence: string): void {
  field.description = `${field.description} ${sentence}`
  // The text that is printed is that of the AST node, if there is one.
  const { astNode, description: value } = field
  if (astNode) Object.assign(astNode, { description: { kind: Kind.STRING, value } })
}
