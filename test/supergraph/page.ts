import { renderGraphiQL } from '@graphql-yoga/render-graphiql'

/** Across all three subgraphs. */
export const EXAMPLE = `# Tickets and companies are of the CRM, departments of the
# staff directory; all else is of the gateway.
query TicketsToTheirChats {
  tickets(first: 3) {
    subject
    remoteRecord {
      startedAt
      description
      client { company { name } }
      agent { name staffMember { department } }
      chatMessages(first: 2) { nodes { sender text } }
    }
  }
}
`

const OTHERS = [
  `# Each member of the staff, and the latest record of each.
query StaffAndTheirRecords {
  staffMembers {
    department
    agent { name remoteRecords(first: 1) { totalCount nodes { csId startedAt } } }
  }
}
`,
  `# The latest records, and all the machines of their companies.
query LatestRecordsAndTheirCompanies {
  remoteRecords(first: 5) {
    nodes {
      startedAt
      description
      client { uniqueNumber company { name clients { uniqueNumber } } }
    }
  }
}
`,
]

/** GraphiQL for the company's whole graph, with example tabs; it needs no other origin. */
export const renderPage = (): string =>
  renderGraphiQL({
    title: "MADE-UP DATA · The company's graph",
    defaultTabs: [EXAMPLE, ...OTHERS].map(query => ({ query })),
    shouldPersistHeaders: false,
  })
