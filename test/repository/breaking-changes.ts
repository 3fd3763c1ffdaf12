/** A change of schema.graphql that breaks callers, on purpose. */
interface BreakingChange {
  /** As the test words it. */
  readonly change: string
  /** For whom it is worth it, and what callers do instead. */
  readonly why: string
}

const DAYS_OF_CREATION =
  'The upstream lists records by the day of their creation, and a service may begin days later: the old name promised something else. Callers say createdOn instead. The graph was not in use yet.'

/** Those since the last release, test/repository/released.graphql. */
export const BREAKING_CHANGES: readonly BreakingChange[] = [
  {
    change: "Argument 'startedOn: DateRange' was removed from field 'Agent.remoteRecords'",
    why: DAYS_OF_CREATION,
  },
  {
    change: "Argument 'startedOn: DateRange' was removed from field 'Query.remoteRecords'",
    why: DAYS_OF_CREATION,
  },
  ...['hasChat', 'hasFileTransfer', 'hasRemoteControl'].map(field => ({
    change: `Field 'RemoteRecord.${field}' changed type from 'Boolean!' to 'Boolean'`,
    why: 'An upstream that does not say was shown as "no". Callers treat null as unknown.',
  })),
  {
    change: "Field 'RemoteRecord.transferredFileCount' changed type from 'Int!' to 'Int'",
    why: 'An upstream that does not say was shown as 0. Callers treat null as unknown.',
  },
  {
    change: "Field 'RemoteRecordConnection.totalCount' changed type from 'Int!' to 'Int'",
    why: 'Under a filter a length can cost more calls than there are: it is null alone then, with an error, and the page stays. Callers treat null as unknown.',
  },
  {
    change: "Field 'ChatMessageConnection.totalCount' changed type from 'Int!' to 'Int'",
    why: 'An upstream may state no length of a chat: it is null alone then, with an error, and the messages stay. Callers treat null as unknown.',
  },
]
