/** What an id of the graph stands for. */
interface GlobalId {
  readonly typename: string
  /** The key parts; for a record its csId and, if known, its day. */
  readonly parts: readonly string[]
}

export const formatGlobalId = ({ typename, parts }: GlobalId) =>
  Buffer.from([typename, ...parts].join(':')).toString('base64url')

/** Undefined if the text is no id that this graph gave. */
export function parseGlobalId(text: string): GlobalId | undefined {
  const [typename, ...parts] = Buffer.from(text, 'base64url').toString('utf8').split(':')
  if (!typename || parts.length === 0) return undefined
  const id = { typename, parts }
  return formatGlobalId(id) === text ? id : undefined
}
