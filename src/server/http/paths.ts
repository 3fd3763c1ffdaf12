/** Where GraphQL is, and GraphiQL for those who accept HTML; what GraphiQL needs is below it. */
export const GRAPHQL_PATH = '/graphql'
