import { renderGraphiQL } from '@graphql-yoga/render-graphiql'

/** Across all three subgraphs. */
export const EXAMPLE = `# Tickets and companies are the CRM's, departments
# are the staff directory's; all else is ours.
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

const STAFF = `# Each member of the staff, and the latest record.
query StaffAndTheirRecords {
  staffMembers {
    department
    agent {
      name
      remoteRecords(first: 1) { nodes { startedAt } }
    }
  }
}
`

const COMPANIES = `# The companies of the latest records, whole.
query LatestCompanies {
  remoteRecords(first: 5) {
    nodes {
      startedAt
      client { company { name clients { uniqueNumber } } }
    }
  }
}
`

/** GraphiQL for the company's whole graph, with examples to choose from; it needs no other origin. */
export const renderPage = (): string =>
  renderGraphiQL({
    title: "MADE-UP DATA · The company's graph",
    defaultTabs: [{ query: [EXAMPLE, STAFF, COMPANIES].join('\n') }],
    shouldPersistHeaders: false,
  })
