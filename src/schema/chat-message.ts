import type { GraphQLResolveInfo } from 'graphql'
import { selectsPath, subfieldNames } from '../execution/selection.ts'
import { parseMessageCursor } from '../history/cursor.ts'
import type { ChatSlice } from '../loaders/chat-message.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import type { CHAT_SENDERS, ChatMessageResource } from '../upstream/chat-message.ts'
import { PERSONAL } from './access/personal.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import type { ConnectionArguments } from './arguments/connection-arguments.ts'
import { parseSliceWish } from './arguments/connection-arguments.ts'
import type { DateRangeShape } from './arguments/date-range.ts'
import { parseDayRange } from './arguments/date-range.ts'
import { builder } from './builder.ts'
import type { ConnectionShape, EdgeShape, SliceShape } from './connection.ts'
import {
  connectionType,
  EMPTY_SLICE,
  isPartWanted,
  planCount,
  rowsOfPart,
  withoutRows,
} from './connection.ts'
import type { Context } from './context.ts'
import type { FieldPlan, PlanContext, SelectionQuestions } from './plan/field-plan.ts'
import { callsOf } from './plan/field-plan.ts'

const ChatSender = builder.enumType('ChatSender', {
  description: 'Who sent a message (发言人的身份; upstream: spokesman_identity).',
  values: {
    AGENT: { description: 'The agent (1, 客服).' },
    CLIENT: { description: 'The client (2, 用户).' },
    UNKNOWN: {
      description:
        'No value, or one that the upstream does not document. One that cannot be read is listed in `extensions.upstream.unreadable`.',
    },
  } satisfies Record<(typeof CHAT_SENDERS)[number], object>,
})

export const ChatMessage = builder.objectRef<ChatMessageResource>('ChatMessage').implement({
  cost: 0,
  requiresScopes: [['chat:read']],
  description: 'One text message of a chat (聊天记录). The upstream keeps text messages only.',
  fields: t => ({
    sender: t.field({
      type: ChatSender,
      nullable: false,
      description: 'Who sent it (发言人的身份; upstream: spokesman_identity).',
      resolve: message => message.sender,
    }),
    senderName: t.exposeString('senderName', {
      tag: PERSONAL,
      description:
        "The agent's name, or the client's 9-digit id (发言人的名字; upstream: spokesman).",
    }),
    text: t.exposeString('text', {
      tag: PERSONAL,
      nullable: false,
      description: 'What was said (聊天内容; upstream: msg).',
    }),
    sentAt: t.expose('sentAt', {
      type: 'DateTime',
      description: 'When it was sent (消息发送时间; upstream: time).',
    }),
  }),
})

export const ChatMessageConnection = connectionType('ChatMessage', ChatMessage, {
  scope: 'chat:read',
  connection: 'A page of a chat (聊天记录), oldest message first.',
  edge: 'A message in its place in the chat.',
  totalCount: 'How many messages the chat has, on the days asked for (upstream: count).',
})

interface ChatArguments extends ConnectionArguments {
  sentOn?: DateRangeShape | null | undefined
}

/** Checks the arguments of a chat. `csId` is that of the record, if it is known already. */
export function parseChatArguments(args: ChatArguments, csId?: number) {
  const wish = parseSliceWish(args, parseMessageCursor)
  const isForeign = [wish.after, wish.before].some(cursor => cursor && cursor.csId !== csId)
  if (csId !== undefined && isForeign) {
    throw new BadUserInputError('after and before must be cursors of the chat of this record.')
  }
  return { wish, sentOn: parseDayRange('sentOn', args.sentOn) }
}

const ONE_PAGE = { endpoint: 'chatrecords', expected: 1, atMost: 1 } as const
/**
 * The first chat of an operation may need one call more, which shows in which order the upstream
 * lists messages.
 */
const PROOF_OF_ORDER = { endpoint: 'chatrecords', expected: 0, atMost: 1, atMostInAll: 1 } as const

/** A chat costs one page, or two if more is wanted than one page may hold. */
export function planChat(args: ChatArguments, { below }: Pick<PlanContext, 'below'>): FieldPlan {
  const { wish } = parseChatArguments(args)
  const { limit, isFromEnd, after, before } = wish
  const rows = isPartWanted(below) ? rowsOfPart(limit, below) : 0
  if (rows === 0) return planCount('chatrecords', wish, below)
  const isOnePage = rows < 50 && !isFromEnd && !after && !before
  return isOnePage
    ? { calls: [ONE_PAGE, PROOF_OF_ORDER], rounds: 2, objects: limit }
    : callsOf('chatrecords', 1, 3, { rounds: 2, objects: limit })
}

/** Whether the selection needs messages of the chat. */
export const isPartOfChat = (record: SelectionQuestions): boolean =>
  isPartWanted({ has: (...path) => record.has('chatMessages', ...path) })

/**
 * The chat of a record. Null if the upstream knows none. Makes no call if the record says that it
 * had no chat.
 */
export async function chatOf(
  { resource: { csId, mayHaveChat, isOver } }: Pick<LocatedRecord, 'resource'>,
  args: ChatArguments,
  { loaders: { chatMessages } }: Context,
  info: GraphQLResolveInfo,
): Promise<ConnectionShape<ChatMessageResource> | null> {
  const { wish, sentOn } = parseChatArguments(args, csId)
  const chat = { csId, sentOn, isOver }
  const names = subfieldNames(info.fieldNodes, info)
  const selection = {
    has: (...path: readonly string[]) => selectsPath(info.fieldNodes, path, info),
  }
  const limit = mayHaveChat && isPartWanted(names) ? rowsOfPart(wish.limit, selection) : 0
  const slice = limit > 0 ? await chatMessages.slice(chat, { ...wish, limit }) : EMPTY_SLICE
  const isCounted = mayHaveChat && names.has('totalCount')
  const count = slice && isCounted ? chatMessages.count(chat) : Promise.resolve(0)
  // A chat whose length nobody states keeps its messages, and the error is that of its length.
  const isUnknown = await count.then(length => length === null, NO)
  if (slice === null || isUnknown) return null
  const messages = toMessages(slice)
  const part = wish.limit > 0 ? messages : withoutRows(messages, wish.isFromEnd)
  return {
    asked: args,
    slice: () => Promise.resolve(part),
    count: () => count,
  }
}

const NO = () => false

const toMessages = ({
  edges,
  hasNext,
  hasPrevious,
}: ChatSlice): SliceShape<ChatMessageResource> => ({
  edges: edges.map(edge => new MessageEdge(edge)),
  hasNext,
  hasPrevious,
})

/** A class instead of an object literal, because one is made for each message of each answer. */
class MessageEdge implements EdgeShape<ChatMessageResource> {
  readonly #edge: ChatSlice['edges'][number]

  constructor(edge: ChatSlice['edges'][number]) {
    this.#edge = edge
  }

  get cursor(): string {
    return this.#edge.cursor
  }

  get node(): ChatMessageResource {
    return this.#edge.row.row.message
  }
}
