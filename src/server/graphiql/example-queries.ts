// The texts of the examples. Editors wrap long lines, so a comment has one for each sentence.

export const openOn = (
  today: string,
) => `# The services of today (服务记录) that are open now, those who wait longest first.
# Run it with the button to the right, or with Ctrl-Enter. Point at a field to read what it is.
query OpenToday {
  remoteRecords(
    first: 20
    createdOn: { from: "${today}", to: "${today}" }
    order: OLDEST_FIRST
    filter: { statuses: [WAITING, IN_SERVICE, EXTENDED, ON_HOLD] }
  ) {
    nodes {
      csId
      startedAt
      status
      companyName
      contactName
      agent { servicerId }
      problemType { label }
      description
    }
  }
}
`

export const unresolved = (
  from: string,
  to: string,
) => `# What was not resolved (未解决) in the last seven days.
# "scan" says how many records were looked at: the upstream cannot search.
query UnresolvedThisWeek {
  remoteRecords(
    first: 20
    createdOn: { from: "${from}", to: "${to}" }
    filter: { isResolved: false }
  ) {
    scan { recordsRead isComplete }
    pageInfo { hasNextPage endCursor }
    nodes {
      csId
      startedAt
      status
      companyName
      agent { servicerId }
      problemType { label }
      description
      solution
    }
  }
}
`

export const badlyRated = (
  from: string,
  to: string,
) => `# Bad ratings (差评) of a month: why, and what was said in the chat (聊天记录).
# A record meets all conditions of the filter. Leave "hasChat" out to see those without a chat too.
query BadlyRated {
  remoteRecords(
    first: 5
    createdOn: { from: "${from}", to: "${to}" }
    filter: { ratings: [BAD], hasChat: true }
  ) {
    nodes {
      csId
      startedAt
      companyName
      agent { servicerId }
      description
      solution
      ratingComment
      chatMessages(first: 20) {
        nodes { sender text }
      }
    }
  }
}
`

export const AGENTS_DAY = `# The day of an agent (客服).
# Any other: put the servicerId of a record, and a day, into the variables below.
query AgentsDay($servicerId: ID!, $day: Date!) {
  agent(servicerId: $servicerId) {
    name
    remoteRecords(first: 50, createdOn: { from: $day, to: $day }) {
      totalCount
      nodes {
        csId
        startedAt
        durationSeconds
        status
        companyName
        description
        isResolved
        rating
        ratingComment
      }
    }
  }
}
`

export const clientsHistory = (
  from: string,
  to: string,
) => `# What one client (客户端) had in a month.
# Any other: put the uniqueNumber of a record's client into the variables below.
query ClientsHistory($client: ID!) {
  client(uniqueNumber: $client) {
    remoteRecords(first: 20, createdOn: { from: "${from}", to: "${to}" }) {
      scan { recordsRead isComplete }
      nodes {
        csId
        startedAt
        agent { servicerId }
        problemType { label }
        description
        solution
        isResolved
        rating
        ratingComment
      }
    }
  }
}
`

export const turnover = (
  from: string,
  to: string,
) => `# What was earned in the last seven days (营业额), by day and by agent (客服).
# "price" is what was asked for, "paidPrice" what was paid, in CNY.
query Turnover {
  remoteRecordStatistics(createdOn: { from: "${from}", to: "${to}" }) {
    count
    price
    paidPrice
    byDay { day count price paidPrice }
    byAgent { agent { servicerId } count price paidPrice }
  }
}
`

export const whole = (
  day: string,
) => `# One record with all there is to it: the last one of two days ago, since a running service has no summary (服务总结) yet.
# Any other: remoteRecord(csId: "…") { … }
query OneRecordWhole {
  remoteRecords(first: 1, createdOn: { to: "${day}" }) {
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

export const chats = (
  day: string,
) => `# How services went: what was said first (聊天记录), and what the agent wrote down at the end (服务总结).
# "state" says whether nobody filled the summary in, or nobody asks for one.
query ChatsAndSummaries {
  remoteRecords(first: 3, createdOn: { to: "${day}" }) {
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

export const EVERYTHING_THEN_NEW = `# All records, the oldest first, 100 at a time: put endCursor into "after" below and run it again, as long as hasNextPage is true.
# Keep the last endCursor: run with it later, it gives what is new since then, and nothing twice.
query EverythingThenNew($after: String) {
  remoteRecords(first: 100, after: $after, order: OLDEST_FIRST) {
    pageInfo { hasNextPage endCursor }
    nodes { csId startedAt status companyName }
  }
}
`

export const WHAT_IT_COSTS = `# An answer costs calls of the upstream. The line below says how many, before it runs and after.
# Programs send the header x-explain (see Headers): "1" has the answer say it at its end, in extensions.upstream; with "only", nothing runs.
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
