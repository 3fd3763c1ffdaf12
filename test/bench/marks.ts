import type { Comparison } from './compare.ts'
import { FROM_START } from './row-limits.ts'
import type { ScaleColumn } from './scale.ts'
import type { StartTimes } from './start-time.ts'

/** Something measured of the gateway, and the most that it should be. */
export interface Mark {
  readonly title: string
  readonly measured: number
  readonly atMost: number
}

export const isMet = ({ measured, atMost }: Mark) => measured <= atMost

/** The gateway's CPU time by the hand-written client's. */
const CPU_RATIO = 1.2
/** The same for `{ __typename }`, where the hand-written client is no more than node:http. */
const TYPENAME_CPU_RATIO = 3
const TYPENAME_CPU_MS = 0.1
/** If all is held, beside a static file. */
const WARM_CPU_RATIO = 3
/** The gateway's time from start to first answer by the hand-written client's. */
const START_RATIO = 3

interface Measured {
  readonly operations?: readonly Comparison[]
  readonly warm?: readonly Comparison[]
  readonly starts?: StartTimes
  readonly scale?: readonly ScaleColumn[]
}

export const marksOf = ({ operations = [], warm = [], starts, scale = [] }: Measured): Mark[] => [
  ...operations.flatMap(operationMarks),
  ...warm
    .filter(({ name }) => name !== 'typename')
    .map(({ title, cpuRatio }) => ({
      title: `${title}, held: CPU ratio`,
      measured: cpuRatio,
      atMost: WARM_CPU_RATIO,
    })),
  ...(starts ? [{ title: 'start: ratio', measured: starts.ratio, atMost: START_RATIO }] : []),
  ...scale.flatMap(scaleMarks),
]

function operationMarks({ name, title, gateway, rowsGiven, cpuRatio }: Comparison): Mark[] {
  const { cpuMsPerRequest, upstreamCallsPerRequest: calls, upstreamRowsPerRequest } = gateway
  if (name === 'typename')
    return [
      { title: `${title}: CPU ratio`, measured: cpuRatio, atMost: TYPENAME_CPU_RATIO },
      { title: `${title}: CPU ms`, measured: cpuMsPerRequest, atMost: TYPENAME_CPU_MS },
    ]
  const atMostRows = FROM_START({ calls, rowsGiven })
  return [
    { title: `${title}: CPU ratio`, measured: cpuRatio, atMost: CPU_RATIO },
    { title: `${title}: rows`, measured: upstreamRowsPerRequest, atMost: atMostRows },
  ]
}

const scaleMarks = ({ recordCount, cells }: ScaleColumn): Mark[] =>
  cells.flatMap(({ title, rows, calls, mostRows, mostCalls }) => [
    ...markIf(`${title}, of ${recordCount}: rows`, rows, mostRows),
    ...markIf(`${title}, of ${recordCount}: calls`, calls, mostCalls),
  ])

const markIf = (title: string, measured: number, atMost: number | undefined): Mark[] =>
  atMost === undefined ? [] : [{ title, measured, atMost }]
