/** An operation that the gateway and the hand-written client both answer, with the same data. */
export interface Operation {
  /** What the hand-written client calls it. */
  readonly name: OperationName
  readonly title: string
  readonly document: string
  /** Whether the hand-written client is asked by POST too, whatever the options say. */
  readonly byPost?: true
}

const SCALARS = `csId startedAt endedAt status companyName contactName price paymentStatus
  description isResolved`
const PROBLEM_TYPES = ['problemType', 'problemSubtype', 'problemDetailType']
  .map(field => `${field} { optionId label }`)
  .join(' ')
const SUMMARY = 'serviceSummary { state templateName customFields { key value attachments } }'
const MESSAGES = 'chatMessages(first: 10) { nodes { sender senderName text sentAt } }'
const LATEST = 'agent { servicerId remoteRecords(first: 3) { nodes { csId startedAt status } } }'

const records = (first: number, fields: string) =>
  `{ remoteRecords(first: ${first}) { nodes { ${fields} } } }`

export const OPERATIONS = [
  { name: 'records', title: '100 records, 10 scalars', document: records(100, SCALARS) },
  {
    name: 'labelled-records',
    title: 'the same, ids and labels',
    document: records(100, `${SCALARS} ${PROBLEM_TYPES}`),
  },
  {
    name: 'summaries',
    title: '50 records, summaries',
    document: records(50, `csId ${SUMMARY}`),
  },
  {
    name: 'chats',
    title: '20 records, 10 messages each',
    document: records(20, `csId ${MESSAGES}`),
  },
  {
    name: 'agents',
    title: "100 records, agent's latest 3",
    document: records(100, `csId ${LATEST}`),
  },
  // The hand-written client makes no call for it: it is what node:http costs for a body of JSON.
  { name: 'typename', title: '{ __typename }', document: '{ __typename }', byPost: true },
] as const satisfies readonly (Omit<Operation, 'name'> & { readonly name: string })[]

/** What a process is first asked for, to measure its start with a call of the upstream. */
export const FIRST_RECORD = {
  name: 'first-record',
  document: '{ remoteRecords(first: 1) { nodes { csId } } }',
} as const

export type OperationName = (typeof OPERATIONS)[number]['name'] | (typeof FIRST_RECORD)['name']
