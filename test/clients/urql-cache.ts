import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'

/** Figures are parts of what has them, and groups of their statistics. */
const STATISTICS = ['RemoteRecord', 'Agent', 'Company', 'Day', 'Duration', 'Hour']
  .concat(['PaymentStatus', 'ProblemType', 'Rating', 'Status'])
  .map(of => `${of}Statistics`)

/**
 * A cache that knows each object by its key in Bangwo8, so that a record which came with a list is
 * there for a look-up too. Each selection of such a type must have its key fields.
 */
export const createUrqlCache = () =>
  cacheExchange({
    keys: {
      RemoteRecord: ({ csId }) => textOf(csId),
      Agent: ({ servicerId }) => textOf(servicerId),
      Client: ({ uniqueNumber }) => textOf(uniqueNumber),
      ProblemType: ({ level, optionId }) => `${level}:${optionId}`,
      ServiceSummary: ({ csId, channel }) => `${csId}:${channel}`,
      // These are parts of what has them, and nothing by themselves.
      ChatMessage: () => null,
      CustomField: () => null,
      PageInfo: () => null,
      Scan: () => null,
      ...Object.fromEntries(STATISTICS.map(name => [name, () => null])),
    },
    resolvers: {
      Query: {
        remoteRecords: relayPagination(),
        remoteRecord: (_, { csId }) => ({ __typename: 'RemoteRecord', csId }),
        agent: (_, { servicerId }) => ({ __typename: 'Agent', servicerId }),
        client: (_, { uniqueNumber }) => ({ __typename: 'Client', uniqueNumber }),
      },
      Agent: { remoteRecords: relayPagination() },
      Client: { remoteRecords: relayPagination() },
      RemoteRecord: { chatMessages: relayPagination() },
    },
  })

const textOf = (key: unknown) => (typeof key === 'string' ? key : null)
