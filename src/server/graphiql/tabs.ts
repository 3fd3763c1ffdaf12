export interface Tab {
  readonly query: string
  readonly variables?: string
}

export interface TabOptions {
  readonly isMadeUp: boolean
  /** Days in China, such as `2017-08-27`. */
  readonly twoDaysAgo: string
  readonly monthAgo: string
}

/** Example operations, each of which runs as it is. */
export const exampleTabs = ({ isMadeUp, twoDaysAgo, monthAgo }: TabOptions): Tab[] => [
  { query: (isMadeUp ? MADE_UP : '') + LATEST },
  { query: whole(twoDaysAgo) },
  { query: AGENTS },
  { query: unresolved(monthAgo) },
  { query: PAGING, variables: JSON.stringify({ first: 5, after: null }, null, 2) },
]

const MADE_UP =
  '# MADE-UP DATA: an emulator invents it, because\n# no upstream is configured (BANGWO8_URL).\n\n'

const LATEST = `# The latest service records (服务记录)
# with their problem types (问题类型).
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

const whole = (twoDaysAgo: string) => `# One record whole, with its chat (聊天记录) and its
# summary (服务总结): the last one of two days ago,
# as a running service has no summary yet.
# Any other: remoteRecord(csId: "…") { … }
query WholeRecord {
  remoteRecords(
    first: 1
    startedOn: { to: "${twoDaysAgo}" }
  ) {
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

const AGENTS = `# The agents (客服) of the latest records,
# and the latest records of each of them.
# Any other: agent(servicerId: "…") { … }
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

const unresolved = (monthAgo: string) => `# Unresolved or badly rated work: the upstream cannot
# search, so look at isResolved, rating, ratingComment
# of the records since a day (in China, included).
query LookForTrouble {
  remoteRecords(
    first: 50
    startedOn: { from: "${monthAgo}" }
  ) {
    totalCount
    nodes {
      csId
      startedAt
      status
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

const PAGING = `# Page by page, oldest first, with the variables below:
# put endCursor into "after" and run it again.
# A cursor holds its place while records come and go.
query PageByPage($first: Int!, $after: String) {
  remoteRecords(
    first: $first
    after: $after
    order: OLDEST_FIRST
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node { csId startedAt companyName }
    }
  }
}
`
