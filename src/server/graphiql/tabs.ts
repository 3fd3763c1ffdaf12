export interface Tab {
  readonly query: string
  readonly variables?: string
}

export interface TabOptions {
  readonly isMadeUp: boolean
  /** The first day, such as `2017-08-27`, of those that an example looks at. */
  readonly since: string
}

/** Example operations, each of which runs as it is. */
export const exampleTabs = ({ isMadeUp, since }: TabOptions): Tab[] => [
  { query: (isMadeUp ? MADE_UP : '') + LATEST },
  { query: WHOLE },
  { query: AGENTS },
  { query: unresolved(since) },
  { query: PAGING, variables: JSON.stringify({ first: 5, after: null }, null, 2) },
]

const MADE_UP = '# MADE-UP DATA: no upstream is configured, so an emulator invents it.\n\n'

const LATEST = `# The latest service records (服务记录) with their problem types (问题类型).
# The labels of the types are looked up only because they are asked for.
query LatestRecords {
  remoteRecords(first: 10) {
    totalCount
    nodes {
      csId
      startedAt
      status
      companyName
      description
      problemType { label }
      problemSubtype { label }
      problemDetailType { label }
    }
  }
}
`

const WHOLE = `# One record whole, with its chat (聊天记录) and its summary (服务总结): the latest one.
# Any other: remoteRecord(csId: "…").
query WholeRecord {
  remoteRecords(first: 1) {
    nodes {
      id
      csId
      sessionId
      startedAt
      endedAt
      durationSeconds
      status
      agent { servicerId name }
      client { uniqueNumber }
      companyName
      contactName
      contactMethod
      computerNote
      problemType { optionId label }
      problemSubtype { optionId label }
      problemDetailType { optionId label }
      description
      solution
      isResolved
      rating
      ratingComment
      serviceCardId
      price
      paymentStatus
      paidAt
      hasRemoteControl
      hasFileTransfer
      transferredFileCount
      customFields { key value attachments }
      hasChat
      chatUrl
      chatMessages(first: 20) {
        totalCount
        nodes { sentAt sender senderName text }
      }
      serviceSummary {
        state
        templateName
        customFields { key value attachments }
      }
    }
  }
}
`

const AGENTS = `# Agents (客服) and what they did last: those of the three latest records.
# Any other: agent(servicerId: "…").
query AgentsAndTheirRecords {
  remoteRecords(first: 3) {
    nodes {
      csId
      agent {
        servicerId
        name
        remoteRecords(first: 3) {
          totalCount
          nodes { csId startedAt companyName description rating }
        }
      }
    }
  }
}
`

const unresolved = (
  since: string,
) => `# Unresolved or badly rated work is found by looking at records of some days:
# isResolved, rating and ratingComment tell. The days are days in China (+08:00), both included.
query LookForTrouble {
  remoteRecords(first: 50, startedOn: { from: "${since}" }) {
    totalCount
    nodes {
      csId
      startedAt
      agent { servicerId }
      companyName
      description
      solution
      isResolved
      rating
      ratingComment
    }
  }
}
`

const PAGING = `# Page by page, oldest first: put pageInfo.endCursor into the variable "after" and run it again.
# A cursor holds its place, though records come and go meanwhile.
query PageByPage($first: Int!, $after: String) {
  remoteRecords(first: $first, after: $after, order: OLDEST_FIRST) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node { csId startedAt companyName }
    }
  }
}
`
