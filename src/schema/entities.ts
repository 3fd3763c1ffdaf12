import type { GraphQLSchema } from 'graphql'
import { BadUserInputError } from './bad-user-input.ts'
import type { FieldExtensions, Selection } from './field-plan.ts'
import { planLookups } from './lookup-plan.ts'
import { KNOWN_BY_CS_ID } from './remote-record-lookup.ts'

const MAX_REPRESENTATIONS = 100

interface EntitiesArguments {
  readonly representations: readonly { readonly __typename?: unknown }[]
}

/** Gives the `_entities` field, which Federation makes, what other fields tell of themselves. */
export function planEntities(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities
  if (field) field.extensions = { ...field.extensions, ...extensions }
  return schema
}

const extensions: FieldExtensions = {
  checkInput({ representations }: EntitiesArguments) {
    if (representations.length <= MAX_REPRESENTATIONS) return
    throw new BadUserInputError(
      `representations must be at most ${MAX_REPRESENTATIONS}; there are ${representations.length}.`,
    )
  },
  plan({ representations }: EntitiesArguments, selection: Selection) {
    const records = representations.filter(({ __typename }) => __typename === 'RemoteRecord')
    const isEnough = KNOWN_BY_CS_ID.isSupersetOf(selection.namesOn('RemoteRecord'))
    return planLookups({
      days: new Set(),
      withoutDay: isEnough ? 0 : records.length,
      objects: representations.length,
    })
  },
}
