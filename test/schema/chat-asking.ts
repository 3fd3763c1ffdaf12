import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
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
