import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql'
import { isObjectType } from 'graphql'
import { MAX_PAGES_BACK, toProblemTypeLevel } from '../../loaders/problem-type.ts'
import { Agent } from '../agent.ts'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import { readUpstreamId } from '../arguments/upstream-id.ts'
import { builder, type Representation } from '../builder.ts'
import { Client } from '../client.ts'
import type { Context } from '../context.ts'
import type { Expectations } from '../plan/expectations.ts'
import type { FieldExtensions, FieldPlan, PlanContext, PlannedCalls } from '../plan/field-plan.ts'
import { toLookUps } from '../plan/look-up-plan.ts'
import { ProblemType } from '../problem-type.ts'
import { RemoteRecord } from '../remote-record.ts'
import { KNOWN_BY_CS_ID } from '../remote-record-lookup.ts'

const MAX_REPRESENTATIONS = 1000
const ENTITIES = [Agent, Client, ProblemType, RemoteRecord]
const ENTITY_NAMES: readonly unknown[] = ENTITIES.map(({ name }) => name)

builder.scalarType('_Any', {
  description:
    'For routers of Apollo Federation: an object with `__typename` and the fields of a key.',
  serialize: value => value,
})

const Entity = builder.unionType('_Entity', {
  description: 'For routers of Apollo Federation: any of the types that have a key.',
  types: ENTITIES,
})

interface EntitiesArguments {
  readonly representations: readonly Representation[]
}

builder.queryField('_entities', t =>
  t.field({
    type: [Entity],
    nullable: { list: false, items: true },
    description:
      'For routers of Apollo Federation: the objects that these keys name, in the same order. Null if there is none.',
    args: {
      representations: t.arg({
        type: ['_Any'],
        required: true,
        description: `Up to ${MAX_REPRESENTATIONS}, each with its \`__typename\` and the fields of one of its keys.`,
      }),
    },
    extensions: {
      checkInput: assertEntities,
      plan: planReferences,
    } satisfies FieldExtensions,
    resolve: (_, { representations }, context, info) =>
      representations.map(each => resolveEntity(each, context, info)) as never,
  }),
)

function assertEntities({ representations }: EntitiesArguments): void {
  if (representations.length > MAX_REPRESENTATIONS) {
    throw new BadUserInputError(
      `representations must be at most ${MAX_REPRESENTATIONS}; there are ${representations.length}.`,
    )
  }
  if (!representations.every(({ __typename }) => ENTITY_NAMES.includes(__typename))) {
    throw new BadUserInputError('representations must be of types that have a key.')
  }
}

/** Resolves a reference as its type does, and adds the name of the type, which a union needs. */
async function resolveEntity(
  representation: Representation,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const typename = String(representation.__typename)
  const type = info.schema.getType(typename)
  const found = isObjectType(type) && (await resolverOf(type)(representation, context, info))
  return found ? Object.defineProperty(found, '__typename', { value: typename }) : null
}

/** The reference resolver that `asEntity` gave a type. */
const resolverOf = ({ extensions }: GraphQLObjectType) =>
  (extensions.apollo as { subgraph: { resolveReference: ResolveReference } }).subgraph
    .resolveReference

type ResolveReference = (
  representation: Representation,
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<object | null>

function planReferences(
  { representations }: EntitiesArguments,
  { below, known }: PlanContext,
): FieldPlan {
  const byType = Map.groupBy(representations, ({ __typename }) => String(__typename))
  const records = new Set(
    (byType.get('RemoteRecord') ?? []).flatMap(({ csId }) => readUpstreamId(csId) ?? []),
  )
  const isEnough = KNOWN_BY_CS_ID.isSupersetOf(below.namesOn('RemoteRecord'))
  const searched = isEnough ? [] : [...records].map(csId => ({ csId }))
  const objects = new Map([...byType].map(([type, ofType]) => [type, differentIn(ofType)]))
  const plan = toLookUps(searched, below, { objects: objects.set('RemoteRecord', records.size) })
  const options = below.namesOn('ProblemType').has('label') ? byType.get('ProblemType') : undefined
  return options ? { ...plan, calls: planLabels(options, known) } : plan
}

const differentIn = (representations: readonly Representation[]) =>
  new Set(representations.map(each => JSON.stringify(each))).size

/**
 * An option that is not known is as a rule one of the newest records': they are in both lists. If it
 * is not, it is looked for page after page; the far end of a list takes two calls more.
 */
function planLabels(options: readonly Representation[], known: Expectations): PlannedCalls[] {
  const isKnown = ({ level, optionId }: Representation) => {
    const [menu, id] = [toProblemTypeLevel(Number(level)), readUpstreamId(optionId)]
    return menu === undefined || id === undefined || known.hasLabel(menu, id)
  }
  const expected = options.every(isKnown) ? 0 : 1
  return [
    { endpoint: 'histories', expected, atMost: MAX_PAGES_BACK + 2 },
    { endpoint: 'histories_v2', expected, atMost: MAX_PAGES_BACK + 2 },
  ]
}
