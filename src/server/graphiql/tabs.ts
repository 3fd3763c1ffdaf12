import type { CallersMode } from '../../config.ts'

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

/** Example operations, each of which runs as it is: from a list down to what it all costs. */
export const exampleTabs = ({ isMadeUp, twoDaysAgo, monthAgo }: TabOptions): Tab[] => [
  { query: (isMadeUp ? MADE_UP : '') + NEWEST },
  { query: whole(twoDaysAgo) },
  { query: chats(twoDaysAgo) },
  { query: AGENTS },
  { query: trouble(monthAgo) },
  { query: PAGING, variables: JSON.stringify({ first: 5, after: null }, null, 2) },
  { query: COST },
]

const MADE_UP =
  '# MADE-UP DATA: an emulator invents it, because\n# no upstream is configured (BANGWO8_URL).\n\n'

const NEWEST = `# The newest service records (服务记录), with their
# problem types (问题类型). Run it with the button to
# the right, or with Ctrl-Enter. Point at a field to
# read what it is; the book to the left has them all.
query NewestRecords {
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

const whole = (twoDaysAgo: string) => `# One record with all there is to it: the last one
# of two days ago, as a running service has no
# summary (服务总结) yet.
# Any other: remoteRecord(csId: "…") { … }
query OneRecordWhole {
  remoteRecords(
    first: 1
    createdOn: { to: "${twoDaysAgo}" }
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

const chats = (twoDaysAgo: string) => `# How services went: what was said first (聊天记录),
# and what the agent wrote down at the end (服务总结).
# "state" tells a summary that was not filled in from
# one that nobody asks for.
query ChatsAndSummaries {
  remoteRecords(
    first: 3
    createdOn: { to: "${twoDaysAgo}" }
  ) {
    nodes {
      csId
      description
      chatMessages(first: 3) {
        totalCount
        nodes { sender text }
      }
      serviceSummary {
        state
        customFields { key value }
      }
    }
  }
}
`

const AGENTS = `# The agents (客服) of the newest records, and the
# newest records of each of them.
# Any other: agent(servicerId: "…") { … }
query WorkOfAgents {
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

const trouble = (monthAgo: string) => `# Unresolved or badly rated work: the upstream cannot
# search, so look at isResolved, rating, ratingComment
# of the records since a day (in China, included).
query LookForTrouble {
  remoteRecords(
    first: 50
    createdOn: { from: "${monthAgo}" }
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

const COST = `# What an answer costs are calls of the upstream. At
# the end of each answer, extensions.upstream counts
# them: those "expected" and those "atMost" before
# the operation ran, and those "made". The header
# x-explain asks for that: see Headers, below. With
# "only" in place of "1", nothing runs.
query WhatItCosts {
  # One call for a page of records …
  remoteRecords(first: 3) {
    nodes {
      csId
      # … and one for the chat of each.
      chatMessages(first: 1) { totalCount }
    }
  }
}
`

/** What the editor of headers begins with: JSON with comments. */
export const exampleHeaders = (callers: CallersMode): string => `{${WHO_ASKS[callers]}
  "x-explain": "1"
}`

const WHO_ASKS: Readonly<Record<CallersMode, string>> = {
  passthrough: `
  // Your account. Left as it is, the browser asks.
  "Authorization": "Basic ACCOUNT:PASSWORD",
`,
  jwt: `
  // Put your token in the place of TOKEN.
  "Authorization": "Bearer TOKEN",
`,
  open: '',
}
