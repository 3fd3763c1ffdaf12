import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import type { Gateway } from '../gateway.ts'

/** A chat of 202 messages that goes on after midnight; many of them share a second. */
export const LONG = '2449'

export const SHORT = '2999'

export async function askChat(gateway: Gateway, csId: string, chat: string, cursor?: string) {
  const answer = await gateway.ask(
    `query ($representations: [_Any!]!${cursor === undefined ? '' : ', $cursor: String'}) {
      _entities(representations: $representations) {
        ... on RemoteRecord { chatMessages${chat} }
      }
    }`,
    { representations: [{ __typename: 'RemoteRecord', csId }], cursor },
  )
  return { ...answer, chat: answer.data?._entities?.[0]?.chatMessages }
}

export const PAGE = `{
  totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { text sentAt } }
}`

/** The texts of a chat, read from the upstream itself. */
export async function textsOf(gateway: Gateway, csId: string): Promise<string[]> {
  const authorization = basicAuthorization(ADMINISTRATOR.account, ADMINISTRATOR.password)
  const texts: string[] = []
  for (let page = 1; page <= 3; page++) {
    const path = `/api/v1/remoterecord/chatrecords/${csId}.json?page=${page}`
    const answer = await fetch(gateway.emulator.url + path, { headers: { authorization } })
    const { remote_chatrecords: chat } = await answer.json()
    texts.push(...chat.contents.map(({ msg }: { msg: string }) => msg))
  }
  return texts
}

/**
 * The messages of a whole chat, oldest first, as time and text, read part by part, each part by the
 * cursor of the one before. Throws for the first part that fails.
 */
export async function walkedChat(
  gateway: Gateway,
  csId: string,
  part: `${'first' | 'last'}: ${number}`,
): Promise<string[]> {
  const isFromEnd = part.startsWith('last')
  const [word, end, more] = isFromEnd
    ? (['before', 'startCursor', 'hasPreviousPage'] as const)
    : (['after', 'endCursor', 'hasNextPage'] as const)
  const texts: string[] = []
  for (let cursor: string | undefined; ; ) {
    const place = cursor === undefined ? '' : `, ${word}: $cursor`
    const wish = `(${part}${place}) { nodes { text sentAt } pageInfo { ${end} ${more} } }`
    const { chat, failures } = await askChat(gateway, csId, wish, cursor)
    if (failures.length > 0) throw new Error(failures.join())
    const page = chat.nodes.map(({ text, sentAt }: Record<string, string>) => `${sentAt} ${text}`)
    texts.splice(isFromEnd ? 0 : texts.length, 0, ...page)
    if (!chat.pageInfo[more]) return texts
    cursor = chat.pageInfo[end]
  }
}
