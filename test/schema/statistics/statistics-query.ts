export const statistics = (selection: string) =>
  `query ($days: DateRange!, $filter: RemoteRecordFilter) {
    remoteRecordStatistics(createdOn: $days, filter: $filter) { ${selection} }
  }`
