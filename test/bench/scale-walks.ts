import assert from 'node:assert/strict'
import {
  COLD_LOOKUP,
  FROM_START,
  FURTHER_PAGE,
  LAST_THREE,
  type RowLimit,
  SEARCHED_PAGE,
} from './row-limits.ts'

/** What a step is called, and what it should cost at most, if anything is said of it. */
interface StepName {
  readonly title: string
  readonly mostRows?: RowLimit
  readonly mostCalls?: number
}

/** Asks a gateway for an operation and notes what that cost; resolves with the data. */
export type Step = <Data>(
  name: StepName,
  document: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Data>

/** Places in a list that the walks go to. */
interface Marks {
  readonly middle: string
  readonly elsewhere: string
  readonly absent: string
  /** The cursor of the middle record in the list of its day: its hint is wrong in any other list. */
  readonly dayCursor: string
  readonly afterMiddle: string
}

interface Page {
  readonly remoteRecords: {
    readonly nodes: readonly { readonly csId: string }[]
    readonly pageInfo: { readonly endCursor: string }
  }
}
interface Lookup {
  readonly remoteRecord: { readonly csId: string; readonly startedAt: string | null } | null
}

const PAGE_FIELDS = '{ nodes { csId startedAt } pageInfo { endCursor } }'
const FIRST = `{ remoteRecords(first: 20) ${PAGE_FIELDS} }`
const LAST = `{ remoteRecords(last: 20) ${PAGE_FIELDS} }`
const LAST_3 = `{ remoteRecords(last: 3) ${PAGE_FIELDS} }`
const NEXT = `query ($after: String) { remoteRecords(first: 20, after: $after) ${PAGE_FIELDS} }`
const LOOKUP = 'query ($csId: ID!) { remoteRecord(csId: $csId) { csId startedAt } }'
const DAY = `query ($day: Date) { remoteRecords(first: 1, createdOn: { from: $day, to: $day }) {
  edges { cursor node { csId } } } }`

/** From one csId to the next in the emulator: between any two there is one that is absent. */
export const CS_ID_STEP = 2
const DAYS_TRIED = 10

const FIRST_PAGE = { title: 'first page', mostRows: FROM_START }
const LAST_PAGE = { title: 'last page (last: 20)', mostRows: FURTHER_PAGE }
const LAST_ROWS = { title: 'last: 3', mostRows: LAST_THREE }
const MIDDLE_PAGE = { title: 'middle page, wrong hint', mostRows: SEARCHED_PAGE }
const NEXT_PAGE = { title: 'the page after it', mostRows: FURTHER_PAGE }
const UNMEASURED = { title: '' }

/** Each walk starts on a process that knows nothing. */
export const WALKS: readonly ((step: Step, marks: Marks) => Promise<void>)[] = [
  async step => assertPage(await step<Page>(FIRST_PAGE, FIRST)),
  async step => assertPage(await step<Page>(LAST_PAGE, LAST)),
  async step => void (await step<Page>(LAST_ROWS, LAST_3)),
  async (step, { dayCursor, afterMiddle }) => {
    const page = await step<Page>(MIDDLE_PAGE, NEXT, { after: dayCursor })
    assertPage(page, afterMiddle)
    const after = page.remoteRecords.pageInfo.endCursor
    assertPage(await step<Page>(NEXT_PAGE, NEXT, { after }))
  },
  async (step, { middle, elsewhere, absent }) => {
    const lookUp = async (name: StepName, csId: string, expected: string | undefined) => {
      const { remoteRecord } = await step<Lookup>(name, LOOKUP, { csId })
      assert.equal(remoteRecord?.csId, expected)
    }
    const cold = { title: 'lookup, cold', mostRows: COLD_LOOKUP, mostCalls: 2 }
    await lookUp(cold, middle, middle)
    await lookUp({ title: 'lookup elsewhere, warm' }, elsewhere, elsewhere)
    await lookUp({ title: 'the same again' }, elsewhere, elsewhere)
    await lookUp({ title: 'lookup of an absent csId' }, absent, undefined)
  },
]

function assertPage({ remoteRecords: { nodes } }: Page, first = nodes[0]?.csId): void {
  assert.equal(nodes.length, 20)
  assert.equal(nodes[0]?.csId, first)
}

/** Finds the places, whatever that costs. */
export async function explore(step: Step): Promise<Marks> {
  const newest = Number((await step<Page>(UNMEASURED, FIRST)).remoteRecords.nodes[0]?.csId)
  const oldest = Number((await step<Page>(UNMEASURED, LAST)).remoteRecords.nodes.at(-1)?.csId)
  const at = (share: number) =>
    oldest + Math.floor(((newest - oldest) * share) / CS_ID_STEP) * CS_ID_STEP
  const day = await dayNear(step, at(1 / 2))
  const { remoteRecords } = await step<{
    remoteRecords: { edges: readonly { cursor: string; node: { csId: string } }[] }
  }>(UNMEASURED, DAY, { day })
  const [edge] = remoteRecords.edges
  assert(edge, `no record on ${day}`)
  return {
    middle: String(at(1 / 2)),
    elsewhere: String(at(1 / 4)),
    absent: String(at(3 / 4) + 1),
    dayCursor: edge.cursor,
    afterMiddle: String(Number(edge.node.csId) - CS_ID_STEP),
  }
}

/** The day of a record; now and then one does not tell when it began. */
async function dayNear(step: Step, csId: number): Promise<string> {
  for (let tried = 0; tried < DAYS_TRIED; tried++) {
    const near = String(csId + tried * CS_ID_STEP)
    const { remoteRecord } = await step<Lookup>(UNMEASURED, LOOKUP, { csId: near })
    if (remoteRecord?.startedAt) return remoteRecord.startedAt.slice(0, 10)
  }
  throw new Error(`no record near ${csId} tells its day`)
}
