// As in example-queries.ts, a comment has a line for each sentence.

export const AGENTS_MONTH = `# The month of an agent (客服), from the list of that agent alone: a call for each hundred records.
# Any other: put the servicerId of a record, and other days, into the variables below.
query AgentsMonth($servicerId: ID!, $days: DateRange!) {
  remoteRecordStatistics(createdOn: $days, filter: { agentIds: [$servicerId] }) {
    count
    resolvedCount
    ratedCount
    paidPrice
    duration { mean median: percentile(p: 50) p90: percentile(p: 90) }
    byDay { day count }
    byRating { rating count }
  }
}
`
