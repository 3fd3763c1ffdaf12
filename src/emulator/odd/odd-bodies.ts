import type { Body } from './oddities.ts'

/** Gives what is sent in place of the JSON of an answer. */
export type BodyChange = (body: Body) => unknown

/** Lists and chats as PHP writes an array whose keys have a gap: `{"0":…,"1":…}`. */
export const listAsMap: BodyChange = body => withList(body, rows => ({ ...rows }))

/** What stands in place of the rows if there are none, such as null. */
export const emptyListAs =
  (empty: unknown): BodyChange =>
  body =>
    withList(body, rows => (rows.length === 0 ? empty : rows))

/** An entry that is no row, such as null, beside the rows of each page, of an empty one too. */
export const besideRows =
  (entry: unknown, where: 'in front' | 'at the end'): BodyChange =>
  body =>
    withList(body, rows => (where === 'in front' ? [entry, ...rows] : [...rows, entry]))

/** As many entries as a page may have at most, where it has fewer rows: null stands for the others. */
export const filledUp =
  (most: number): BodyChange =>
  body =>
    withList(body, rows => [...rows, ...Array(Math.max(0, most - rows.length)).fill(null)])

/** `{"status":"401","message":…}` with HTTP status 200, on its own or beside an empty list. */
export const statusInBody =
  (status: string, beside: 'nothing' | 'an empty list' = 'nothing'): BodyChange =>
  body => {
    const refusal = { status, message: 'refused on purpose' }
    return beside === 'nothing' ? refusal : { ...(withList(body, () => []) as Body), ...refusal }
  }

/** A summary in which each custom field has this value, such as attachments with a stray comma. */
export const summaryValues =
  (value: unknown): BodyChange =>
  body =>
    JSON.parse(JSON.stringify(body), (key, each) => (key === 'value' ? value : each))

function withList(body: Body, change: (rows: readonly unknown[]) => unknown): Body {
  const { remoterecords, remote_chatrecords: chat } = body
  if (Array.isArray(remoterecords)) return { ...body, remoterecords: change(remoterecords) }
  if (!isChat(chat)) return body
  return { ...body, remote_chatrecords: { ...chat, contents: change(chat.contents) } }
}

const isChat = (chat: unknown): chat is { contents: unknown[] } =>
  typeof chat === 'object' && chat !== null && 'contents' in chat && Array.isArray(chat.contents)
