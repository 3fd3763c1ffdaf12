import type { GraphQLSchema } from 'graphql'
import { isUnionType } from 'graphql'
import { MAX_PAGES_BACK, toProblemTypeLevel } from '../../loaders/problem-type.ts'
import { BadUserInputError } from '../bad-user-input.ts'
import type { Expectations } from '../plan/expectations.ts'
import type { FieldExtensions, FieldPlan, PlanContext, PlannedCalls } from '../plan/field-plan.ts'
import { toLookUps } from '../plan/look-up-plan.ts'
import { KNOWN_BY_CS_ID } from '../remote-record-lookup.ts'
import { readUpstreamId } from '../upstream-id.ts'

const MAX_REPRESENTATIONS = 1000

interface EntitiesArguments {
  readonly representations: readonly Representation[]
}

/** A reference as a router sends it: its key may be anything. */
interface Representation extends Readonly<Record<string, unknown>> {
  readonly __typename?: unknown
}

/** Gives the `_entities` field, which Federation makes, what other fields say of themselves. */
export function planEntities(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities
  const entity = schema.getType('_Entity')
  const names = isUnionType(entity) ? entity.getTypes().map(({ name }) => name) : []
  if (field) field.extensions = { ...field.extensions, ...extensionsFor(names) }
  return schema
}

const extensionsFor = (entityNames: readonly unknown[]): FieldExtensions => ({
  checkInput({ representations }: EntitiesArguments) {
    if (representations.length > MAX_REPRESENTATIONS) {
      throw new BadUserInputError(
        `representations must be at most ${MAX_REPRESENTATIONS}; there are ${representations.length}.`,
      )
    }
    if (!representations.every(({ __typename }) => entityNames.includes(__typename))) {
      throw new BadUserInputError('representations must be of types that have a key.')
    }
  },
  plan: planReferences,
})

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
