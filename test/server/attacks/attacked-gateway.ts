import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { GatewayChoices } from '../gateway.ts'
import { type Mode, setUp } from './modes.ts'
import { startWatchedGateway, type WatchedGateway } from './watched-gateway.ts'

export const LATEST =
  '{ remoteRecords(first: 1) { nodes { csId contactName chatMessages(first: 1) { nodes { text } } } } }'

export interface AttackedGateway {
  readonly gateway: WatchedGateway
  /** What the caller brings who may read everything. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * A gateway for all tests of a block, which begin with no calls and nothing written. A caller who may
 * read everything is known, and has read something.
 */
export function useAttackedGateway(
  mode: Mode,
  choices: GatewayChoices = {},
): () => AttackedGateway {
  const resources = new AsyncDisposableStack()
  let attacked: AttackedGateway | undefined
  const current = () => {
    if (!attacked) throw new Error('Expected a gateway that has started, got none.')
    return attacked
  }
  beforeAll(async () => {
    const caller = resources.use(await setUp(mode))
    const gateway = resources.use(await startWatchedGateway({ ...caller.choices, ...choices }))
    attacked = { gateway, headers: caller.headers }
    const { status } = await gateway.ask(LATEST, { headers: caller.headers })
    expect(status).toBe(200)
  })
  beforeEach(() => {
    current().gateway.emulator.clearCalls()
    current().gateway.takeWritten()
  })
  afterAll(() => resources.disposeAsync())
  return current
}
