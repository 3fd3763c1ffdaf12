import type { FieldPolicy } from '@apollo/client'
import { InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'

/**
 * A cache that knows each object by its key in Bangwo8, so that a record which came with a list is
 * there for a look-up too. Each selection of such a type must have its key fields.
 */
export const createApolloCache = () =>
  new InMemoryCache({
    possibleTypes: { Node: ['Agent', 'RemoteRecord'] },
    typePolicies: {
      RemoteRecord: {
        keyFields: ['csId'],
        fields: { chatMessages: pages(['sentOn']) },
      },
      Agent: {
        keyFields: ['servicerId'],
        fields: { remoteRecords: pages(LIST_ARGUMENTS) },
      },
      Client: {
        keyFields: ['uniqueNumber'],
        fields: { remoteRecords: pages(LIST_ARGUMENTS) },
      },
      ProblemType: { keyFields: ['level', 'optionId'] },
      ServiceSummary: { keyFields: ['csId', 'channel'] },
      Query: {
        fields: {
          // What is not among the arguments (first, after, last, before) only says which part.
          remoteRecords: pages(LIST_ARGUMENTS),
          remoteRecord: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'RemoteRecord', csId: args?.csId }),
          },
          agent: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'Agent', servicerId: args?.servicerId }),
          },
          client: {
            read: (known, { args, toReference }) =>
              known ?? toReference({ __typename: 'Client', uniqueNumber: args?.uniqueNumber }),
          },
        },
      },
    },
  })

/** Those that make another list. */
const LIST_ARGUMENTS = ['createdOn', 'order', 'filter']

/**
 * Merges the edges of one list. Apollo's own policy would take a connection that was asked for its
 * `totalCount` alone for an empty list.
 */
function pages(keyArgs: string[]): FieldPolicy {
  const { read, merge } = relayStylePagination(keyArgs)
  return {
    keyArgs,
    read: (known, options) => (known?.edges ? read?.(known, options) : known),
    merge: (known, came, options) =>
      came?.edges && typeof merge === 'function'
        ? merge(known, came, options)
        : { ...known, ...came },
  }
}
