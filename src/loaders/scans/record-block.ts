import { z } from 'zod'
import { COLUMN_NAMES, createArrays } from '../../questions/column-arrays.ts'
import { Dictionary } from '../../questions/dictionary.ts'
import { RecordColumns } from '../../questions/record-columns.ts'
import { ODDITY_KINDS, type OddityKind } from '../../upstream/oddity.ts'
import {
  PAYMENT_STATUSES,
  RATINGS,
  REMOTE_RECORD_STATUSES,
} from '../../upstream/remote-record-enums.ts'
import type { RecordSample } from '../record-sample.ts'

/** What was odd in a list, and how often. */
export interface CountedOddity {
  readonly kind: OddityKind
  readonly unreadable?: string | undefined
  times: number
}

/** What is counted of all records of a list of days that are over. */
export class RecordBlock {
  readonly columns: RecordColumns<RecordSample>
  readonly oddities: readonly CountedOddity[]

  constructor(columns: RecordColumns<RecordSample>, oddities: readonly CountedOddity[]) {
    this.columns = columns
    this.oddities = oddities
  }

  /** Of the memory that it takes, about. */
  get bytes(): number {
    const { arrays, values } = this.columns
    const ofColumns = COLUMN_NAMES.reduce((sum, name) => sum + arrays[name].byteLength, 0)
    const companies = values.companies.values.reduce(
      (sum, name) => sum + BYTES_OF_A_VALUE + 2 * (name?.length ?? 0),
      0,
    )
    const others = [values.agents, ...values.options].map(({ values: { length } }) => length)
    const ofOthers = others.reduce((sum, length) => sum + length * BYTES_OF_A_SAMPLE, 0)
    return ofColumns + companies + ofOthers + BYTES_OF_A_BLOCK
  }

  /** What `parseBlock` reads, in this process or another. */
  toJSON() {
    const { columns, oddities } = this
    const { arrays, length, values } = columns
    const toText = (name: (typeof COLUMN_NAMES)[number]) => {
      const { buffer, byteOffset, byteLength } = arrays[name]
      return [name, Buffer.from(buffer, byteOffset, byteLength).toString('base64')] as const
    }
    return {
      length,
      arrays: Object.fromEntries(COLUMN_NAMES.map(toText)),
      statuses: [...values.statuses.values],
      ratings: [...values.ratings.values],
      paymentStatuses: [...values.paymentStatuses.values],
      companies: [...values.companies.values],
      agents: [...values.agents.values],
      options: values.options.map(({ values: ids }) => [...ids]),
      agentSamples: [...values.agentSamples.values()],
      optionSamples: values.optionSamples.map(samples => [...samples]),
      arePricesExact: values.arePricesExact,
      oddities,
    }
  }
}

const BYTES_OF_A_VALUE = 100
const BYTES_OF_A_SAMPLE = 600
const BYTES_OF_A_BLOCK = 4000

const id = z.number().int()
const day = z.string().optional()

const SAMPLE = z.object({
  csId: id,
  servicerId: id.nullable(),
  hasChat: z.boolean().nullable(),
  isOver: z.boolean(),
  startedOn: z.string().nullable(),
  problemTypeIds: z.array(id.nullable()).length(3),
  list: z.object({
    servicerId: id.optional(),
    createdOn: z.object({ from: day, to: day }).optional(),
  }),
  place: z.object({
    index: z.number(),
    count: z.number().optional(),
    isRising: z.boolean(),
    isSure: z.boolean(),
    isOrderUnknown: z.boolean().optional(),
    isDense: z.boolean().optional(),
    isSortedHere: z.boolean().optional(),
  }),
})

const LEVELS = 3

const BLOCK = z.object({
  length: z.number().int().min(0).max(10_000_000),
  arrays: z.record(z.string(), z.string()),
  statuses: z.array(z.enum(REMOTE_RECORD_STATUSES)),
  ratings: z.array(z.enum(RATINGS).nullable()),
  paymentStatuses: z.array(z.enum(PAYMENT_STATUSES)),
  companies: z.array(z.string().nullable()),
  agents: z.array(id.nullable()),
  options: z.array(z.array(id.nullable())).length(LEVELS),
  agentSamples: z.array(z.object({ sample: SAMPLE, hasChat: z.boolean() })),
  optionSamples: z.array(z.array(z.tuple([id, SAMPLE]))).length(LEVELS),
  arePricesExact: z.boolean(),
  oddities: z.array(
    z.object({
      kind: z.enum(ODDITY_KINDS),
      unreadable: z.string().optional(),
      times: z.number().int(),
    }),
  ),
})

/** The block that is held, or that another process left as JSON; undefined for anything else. */
export function parseBlock(value: unknown) {
  if (value instanceof RecordBlock) return { body: value, bytes: value.bytes }
  const left = BLOCK.safeParse(value).data
  const arrays = left && toArrays(left)
  if (!arrays) return undefined
  const values = {
    statuses: new Dictionary(left.statuses),
    ratings: new Dictionary(left.ratings),
    paymentStatuses: new Dictionary(left.paymentStatuses),
    companies: new Dictionary(left.companies),
    agents: new Dictionary(left.agents),
    options: left.options.map(ids => new Dictionary(ids)),
    agentSamples: new Map(
      left.agentSamples.flatMap(({ sample, hasChat }) =>
        sample.servicerId === null
          ? []
          : [[sample.servicerId, { sample: toSample(sample), hasChat }] as const],
      ),
    ),
    optionSamples: left.optionSamples.map(
      samples => new Map(samples.map(([optionId, sample]) => [optionId, toSample(sample)])),
    ),
    arePricesExact: left.arePricesExact,
  }
  const body = new RecordBlock(new RecordColumns(values, arrays, left.length), left.oddities)
  return { body, bytes: body.bytes }
}

/** Undefined if a column is not as long as it has to be. */
function toArrays({ length, arrays: texts }: z.output<typeof BLOCK>) {
  const arrays = createArrays(length)
  for (const name of COLUMN_NAMES) {
    const bytes = Buffer.from(texts[name] ?? '', 'base64')
    if (bytes.length !== arrays[name].byteLength) return undefined
    new Uint8Array(arrays[name].buffer).set(bytes)
  }
  return arrays
}

/** JSON leaves out what is undefined. */
const toSample = ({ list, place, ...sample }: z.output<typeof SAMPLE>): RecordSample => ({
  ...sample,
  list: { servicerId: list.servicerId, createdOn: list.createdOn },
  place: toPlace(place),
})

const toPlace = ({
  index,
  count,
  isRising,
  isSure,
  isOrderUnknown,
  isDense,
  isSortedHere,
}: z.output<typeof SAMPLE>['place']): RecordSample['place'] => ({
  index,
  count,
  isRising,
  isSure,
  ...(isOrderUnknown && { isOrderUnknown }),
  ...(isDense && { isDense }),
  ...(isSortedHere && { isSortedHere }),
})
