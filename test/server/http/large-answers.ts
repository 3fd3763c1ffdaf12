import { setTimeout as wait } from 'node:timers/promises'
import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'

const TEXT = '远程协助服务记录'.repeat(2500)

/** A graph whose `texts` are 6 MB of answer, and whose `late` takes its time. */
export const largeAnswers = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      texts: {
        type: new GraphQLList(GraphQLString),
        resolve: () => Array.from({ length: 100 }, () => TEXT),
      },
      late: {
        type: GraphQLString,
        args: { ms: { type: GraphQLInt } },
        resolve: (_, { ms }: { ms?: number }) => wait(ms, 'late'),
      },
    },
  }),
})

/** In the answer to `{ texts }`, beside its frame. */
export const LARGE_BYTES = 100 * Buffer.byteLength(TEXT)
