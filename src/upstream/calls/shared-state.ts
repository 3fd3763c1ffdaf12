import { LargeBodies } from '../bodies/large-bodies.ts'
import type { EndpointName } from '../endpoint.ts'
import type { Connections } from './connections.ts'
import { EndpointBreaker } from './endpoint-breaker.ts'
import { Gate } from './gate.ts'
import type { UpstreamLimits } from './limits.ts'
import { Patience } from './patience.ts'
import { Pauses } from './pauses.ts'
import { RetryBudget } from './retry-budget.ts'

/** One of each endpoint, so that one that fails takes nothing from the others. */
type OfEndpoints<Each> = (name: EndpointName) => Each

/** What all sessions of a client share. */
export interface SharedState {
  readonly limits: UpstreamLimits
  readonly pathPrefix: string
  readonly connections: Connections
  readonly gate: Gate
  readonly pauses: Pauses
  readonly budgets: OfEndpoints<RetryBudget>
  readonly breakers: OfEndpoints<EndpointBreaker>
  readonly patience: OfEndpoints<Patience>
  readonly largeBodies: LargeBodies
  /** From 0 to 1, as Math.random. */
  readonly random: () => number
}

/** So that a lone caller's calls are retried too. Finagle's 10 a second would be most of the traffic. */
const RESERVE_PER_SECOND = 0.5

export function createSharedState(
  limits: UpstreamLimits,
  connections: Connections,
  pathPrefix: string,
  random: () => number,
): SharedState {
  const nowMs = () => performance.now()
  const budget = { percent: limits.retryPercent, reservePerSecond: RESERVE_PER_SECOND }
  return {
    limits,
    pathPrefix,
    connections,
    gate: new Gate(limits, nowMs),
    pauses: new Pauses(nowMs),
    budgets: ofEndpoints(() => new RetryBudget(budget, nowMs)),
    breakers: ofEndpoints(name => new EndpointBreaker(name, limits.breakerFailures, random)),
    patience: ofEndpoints(() => new Patience(limits.stallMs)),
    largeBodies: new LargeBodies(),
    random,
  }
}

function ofEndpoints<Each>(create: (name: EndpointName) => Each): OfEndpoints<Each> {
  const known = new Map<EndpointName, Each>()
  return name => {
    const each = known.get(name) ?? create(name)
    known.set(name, each)
    return each
  }
}
