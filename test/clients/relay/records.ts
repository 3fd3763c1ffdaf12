import { graphql } from 'relay-runtime'

// Relay's compiler reads these; nothing runs them.

export const list = graphql`
  query recordsListQuery($first: Int, $after: String) {
    ...records_list @arguments(first: $first, after: $after)
  }
`

export const connection = graphql`
  fragment records_list on Query
  @refetchable(queryName: "recordsForwardQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" }) {
    remoteRecords(first: $first, after: $after) @connection(key: "records_remoteRecords") {
      edges {
        node {
          id
          csId
          companyName
        }
      }
    }
  }
`

export const one = graphql`
  query recordsOneQuery($id: ID!) {
    node(id: $id) {
      ... on RemoteRecord {
        csId
        serviceSummary {
          state
        }
      }
    }
  }
`

export const back = graphql`
  query recordsBackQuery($last: Int, $before: String) {
    remoteRecords(last: $last, before: $before) @connection(key: "recordsBack_remoteRecords") {
      edges {
        node {
          csId
        }
      }
    }
  }
`
