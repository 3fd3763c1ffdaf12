import assert from 'node:assert/strict'

/** Asks a gateway for an operation and notes under a title what that cost; resolves with the data. */
export type Step = <Data>(
  title: string,
  document: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Data>

/** Places in a list that the walks go to. */
export interface Marks {
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
const NEXT = `query ($after: String) { remoteRecords(first: 20, after: $after) ${PAGE_FIELDS} }`
const LOOKUP = 'query ($csId: ID!) { remoteRecord(csId: $csId) { csId startedAt } }'
const DAY = `query ($day: Date) { remoteRecords(first: 1, createdOn: { from: $day, to: $day }) {
  edges { cursor node { csId } } } }`

/** From one csId to the next in the emulator: between any two there is one that is absent. */
export const CS_ID_STEP = 2
const DAYS_TRIED = 10

/** Each walk starts on a process that knows nothing. */
export const WALKS: readonly ((step: Step, marks: Marks) => Promise<void>)[] = [
  async step => assertPage(await step<Page>('first page', FIRST)),
  async step => assertPage(await step<Page>('last page (last: 20)', LAST)),
  async (step, { dayCursor, afterMiddle }) => {
    const page = await step<Page>('middle page, wrong hint', NEXT, { after: dayCursor })
    assertPage(page, afterMiddle)
    const after = page.remoteRecords.pageInfo.endCursor
    assertPage(await step<Page>('the page after it', NEXT, { after }))
  },
  async (step, { middle, elsewhere, absent }) => {
    const lookUp = async (title: string, csId: string, expected: string | undefined) => {
      const { remoteRecord } = await step<Lookup>(title, LOOKUP, { csId })
      assert.equal(remoteRecord?.csId, expected)
    }
    await lookUp('lookup, cold', middle, middle)
    await lookUp('lookup elsewhere, warm', elsewhere, elsewhere)
    await lookUp('the same again', elsewhere, elsewhere)
    await lookUp('lookup of an absent csId', absent, undefined)
  },
]

function assertPage({ remoteRecords: { nodes } }: Page, first = nodes[0]?.csId): void {
  assert.equal(nodes.length, 20)
  assert.equal(nodes[0]?.csId, first)
}

/** Finds the places, whatever that costs. */
export async function explore(step: Step): Promise<Marks> {
  const newest = Number((await step<Page>('', FIRST)).remoteRecords.nodes[0]?.csId)
  const oldest = Number((await step<Page>('', LAST)).remoteRecords.nodes.at(-1)?.csId)
  const at = (share: number) =>
    oldest + Math.floor(((newest - oldest) * share) / CS_ID_STEP) * CS_ID_STEP
  const day = await dayNear(step, at(1 / 2))
  const { remoteRecords } = await step<{
    remoteRecords: { edges: readonly { cursor: string; node: { csId: string } }[] }
  }>('', DAY, { day })
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
    const { remoteRecord } = await step<Lookup>('', LOOKUP, { csId: near })
    if (remoteRecord?.startedAt) return remoteRecord.startedAt.slice(0, 10)
  }
  throw new Error(`no record near ${csId} tells its day`)
}
