import type { AgentKey } from '../loaders/agent.ts'
import { MAX_FURTHER_CALLS } from '../loaders/agent.ts'
import { IMPERSONAL, PERSONAL } from './access/personal.ts'
import { formatGlobalId } from './arguments/global-id.ts'
import { parseUpstreamId } from './arguments/upstream-id.ts'
import { builder } from './builder.ts'
import type { FieldExtensions, FieldPlan, PlanContext, PlannedCalls } from './plan/field-plan.ts'
import { costOf, DEAREST } from './plan/field-plan.ts'

/** An agent, as a record or an id names one. */
export const Agent = builder.objectRef<AgentKey>('Agent')

/**
 * The calls for a name: a chat, and before it the agent's latest records if no record with a chat
 * is at hand.
 */
function planName(_: unknown, { atHand, known }: PlanContext): FieldPlan {
  const isExpected = atHand !== 'name' && !known.hasAgentNames
  const hasRecord = atHand === 'record' || atHand === 'record and its chat'
  const chats = atHand === 'record and its chat' ? 0 : 1
  return {
    calls: [
      { endpoint: 'chatrecords', expected: isExpected ? chats : 0, atMost: 1 },
      {
        endpoint: 'agent_histories',
        expected: isExpected && !hasRecord ? 1 : 0,
        atMost: CALLS_OF_A_LIST,
        ...(hasRecord && { atMostInAll: MAX_FURTHER_CALLS * CALLS_OF_A_LIST }),
      },
      ...FURTHER_CALLS,
    ],
    rounds: 3,
    objects: 1,
  }
}

/** The newest records may be at the far end of the list. */
const CALLS_OF_A_LIST = 2

/**
 * If the chat does not prove a name, two more chats of the agent and two of other agents are read.
 */
const FURTHER_CALLS: readonly PlannedCalls[] = [
  { endpoint: 'chatrecords', expected: 0, atMost: 4, atMostInAll: MAX_FURTHER_CALLS },
  { endpoint: 'histories', expected: 0, atMost: CALLS_OF_A_LIST, atMostInAll: CALLS_OF_A_LIST },
]

/**
 * The cost without the calls that all agents of an operation share, since a router multiplies the
 * cost that it reads.
 */
const COST = costOf(
  planName(undefined, DEAREST).calls.filter(({ atMostInAll }) => atMostInAll === undefined),
)

Agent.implement({
  cost: 0,
  description:
    'A support agent (客服). The upstream has no list of agents: they are known by the records that they handled.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: t => ({
    id: t.id({
      shareable: true,
      nullable: false,
      description: "The agent's id across the whole graph.",
      resolve: ({ servicerId }) =>
        formatGlobalId({ typename: 'Agent', parts: [String(servicerId)] }),
    }),
    servicerId: t.exposeID('servicerId', {
      extensions: IMPERSONAL,
      nullable: false,
      description: "The agent's id in Bangwo8 (处理客服id; upstream: csServicerId).",
    }),
    name: t.string({
      tag: PERSONAL,
      requiresScopes: [['record:read']],
      cost: COST,
      description:
        "The agent's name (客服姓名). The upstream gives it only in chats (spokesman), so a name that is not known yet is looked for there. If several speak in one, such as a robot or a colleague, up to 3 chats are compared. Null if no agent speaks in any chat of the agent; LOOKUP_INCONCLUSIVE if the chats do not prove a name.",
      extensions: { plan: planName } satisfies FieldExtensions,
      resolve: (agent, _, { loaders }) => loaders.agentNames.name(agent),
    }),
  }),
})

builder.asEntity(Agent, {
  key: builder.selection<{ servicerId: string }>('servicerId'),
  // It is asynchronous, as all of them are, so that a wrong key fails its own entity alone.
  resolveReference: async ({ servicerId }) => ({
    servicerId: parseUpstreamId('servicerId', servicerId),
  }),
})

builder.queryField('agent', t =>
  t.field({
    type: Agent,
    authenticated: true,
    description:
      'An agent (客服) by servicerId. The upstream does not say whether there is one: an agent without records has an empty list.',
    args: {
      servicerId: t.arg.id({ required: true, description: "The agent's id (处理客服id)." }),
    },
    extensions: {
      checkInput: ({ servicerId }: { servicerId: string }) =>
        parseUpstreamId('servicerId', servicerId),
      atHand: ({ servicerId }: { servicerId: string }, { known }: PlanContext) =>
        known.hasAgentName(Number(servicerId)) ? 'name' : 'nothing',
    } satisfies FieldExtensions,
    resolve: (_, { servicerId }) => ({ servicerId: parseUpstreamId('servicerId', servicerId) }),
  }),
)
