import type { GraphQLSchema } from 'graphql'
import { isUnionType } from 'graphql'
import { BadUserInputError } from '../bad-user-input.ts'
import type { FieldExtensions, PlannedCalls, Selection } from '../plan/field-plan.ts'
import { planLookups } from '../plan/lookup-plan.ts'
import { KNOWN_BY_CS_ID } from '../remote-record-lookup.ts'

const MAX_REPRESENTATIONS = 100

/** An option that is not known may be one of the latest records': they are in both lists. */
const LATEST_LABELS: readonly PlannedCalls[] = [
  { endpoint: 'histories', usual: 1, most: 3 },
  { endpoint: 'histories_v2', usual: 1, most: 3 },
]

interface EntitiesArguments {
  readonly representations: readonly { readonly __typename?: unknown }[]
}

/** Gives the `_entities` field, which Federation makes, what other fields tell of themselves. */
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
  plan({ representations }: EntitiesArguments, selection: Selection) {
    const countOf = (typename: string) =>
      representations.filter(({ __typename }) => __typename === typename).length
    const isEnough = KNOWN_BY_CS_ID.isSupersetOf(selection.namesOn('RemoteRecord'))
    const lookups = planLookups(
      {
        days: [],
        withoutDay: isEnough ? 0 : countOf('RemoteRecord'),
        objects: representations.length,
      },
      selection,
    )
    const wantsLabels = selection.namesOn('ProblemType').has('label') && countOf('ProblemType') > 0
    return wantsLabels ? { ...lookups, calls: [...lookups.calls, ...LATEST_LABELS] } : lookups
  },
})
