import { IMPERSONAL } from './access/personal.ts'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import { parseIdText } from './arguments/upstream-id.ts'
import { builder } from './builder.ts'

/** A client, as a record names it. */
interface ClientShape {
  readonly uniqueNumber: string
}

export const Client = builder.objectRef<ClientShape>('Client').implement({
  cost: 0,
  description:
    "The client's machine (客户端), known by the number that Bangwo8 gave it. Other subgraphs may know more of it.",
  fields: t => ({
    uniqueNumber: t.exposeID('uniqueNumber', {
      extensions: IMPERSONAL,
      nullable: false,
      description: 'The 9-digit id of the client (帮我吧客户端ID; upstream: uniqueNumber).',
    }),
  }),
})

builder.asEntity(Client, {
  key: builder.selection<{ uniqueNumber: string }>('uniqueNumber'),
  resolveReference: async ({ uniqueNumber }) => ({
    uniqueNumber: parseClientNumber(uniqueNumber),
  }),
})

const MAX_CHARACTERS = 50

/** Throws BadUserInputError for a number that no client can have. */
export function parseClientNumber(value: unknown): string {
  const text = parseIdText(value)
  if (text !== '' && text.length <= MAX_CHARACTERS && text.isWellFormed()) return text
  throw new BadUserInputError(`uniqueNumber must be an id of at most ${MAX_CHARACTERS} characters.`)
}
