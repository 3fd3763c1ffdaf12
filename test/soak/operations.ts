const RECORD = 'csId startedAt companyName price description agent { servicerId }'

const records = (first: number, fields: string, more = '') =>
  `{ remoteRecords(first: ${first}${more}) { nodes { ${fields} } } }`

/** What callers ask for: lists, looked-up records, and what hangs on each of them. */
export const OPERATIONS: readonly string[] = [
  records(20, RECORD),
  records(100, RECORD),
  records(20, RECORD, ', order: OLDEST_FIRST'),
  records(20, `${RECORD} problemType { optionId label }`),
  records(5, 'csId serviceSummary { state templateName customFields { key value } }'),
  records(5, 'csId chatMessages(first: 5) { nodes { sender text sentAt } totalCount }'),
  `{ remoteRecords(last: 10) { nodes { ${RECORD} } totalCount pageInfo { hasPreviousPage } } }`,
  ...[2990, 2500, 1500, 1001].map(csId => `{ remoteRecord(csId: "${csId}") { ${RECORD} } }`),
  ...[2995, 2400].map(csId => `{ serviceSummary(csId: "${csId}") { state templateName } }`),
  `{ remoteRecordsByCsId(csIds: ["2999", "2998", "2001", "5"]) { ${RECORD} } }`,
]
