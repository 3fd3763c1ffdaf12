import type { EndpointName } from '../../upstream/endpoint.ts'
import type { Expectations } from './expectations.ts'
import type { AtHand, FieldExtensions, FieldPlan, PlannedCalls } from './field-plan.ts'
import { planLookUps } from './look-up-plan.ts'
import type { SelectedField, SelectedLevel } from './selected-level.ts'
import { anyOf } from './selected-level.ts'

/** Calls of one endpoint that a field of an operation makes, for all objects that have it. */
export interface PlanStep {
  /**
   * Response names from the root, such as `remoteRecords.nodes.serviceSummary`; the first such path
   * if several places select the same.
   */
  readonly path: string
  readonly endpoint: EndpointName
  readonly expected: number
  readonly atMost: number
  /** Whether it may also use the calls that the other steps of the operation leave. */
  readonly takesRest?: boolean
  /** The round in which its calls run: the calls that it depends on run in earlier rounds. */
  readonly fromRound: number
}

/** What an operation costs upstream. It is calculated before anything runs. */
export interface Plan {
  readonly steps: readonly PlanStep[]
  /**
   * How many calls are expected, from what is known now, if the upstream's data does not change.
   * The sum of the steps.
   */
  readonly expected: number
  /**
   * How many calls there are at most, from the arguments and the size of pages alone, if the upstream's
   * data does not change. The sum of the steps.
   */
  readonly atMost: number
  /** How many calls more it may make, because lists change while they are read. */
  readonly spare: number
  /**
   * The longest chain of calls that wait for one another, if the upstream's data does not change.
   */
  readonly rounds: number
  /** How many objects the answer can have. A list that costs no call counts as one object. */
  readonly objects: number
}

/** For lists that change while they are read, and to learn what pages are like. */
const SPARE_CALLS = 10
/** A page without rows is read twice, and so are those that it is joined with. */
const SPARE_FOR_EMPTY_PAGE = 3

export const NO_CALLS: Plan = {
  steps: [],
  expected: 0,
  atMost: 0,
  spare: 0,
  rounds: 0,
  objects: 0,
}

/** Plans a field with other arguments than those of the document. */
interface Replacement {
  readonly field: SelectedField
  readonly args: SelectedField['args']
}

/** Plans what is selected at the root of a query. */
export function planOf(root: SelectedLevel, known: Expectations, replaced?: Replacement): Plan {
  const places = placesOf(root, known, replaced)
  const rows = [...lookUpSteps(places, known), ...places.flatMap(stepsOf)]
  const steps = rows.filter(({ atMost }) => atMost > 0)
  const atMost = sum(steps.map(step => step.atMost))
  return {
    steps,
    expected: sum(steps.map(({ expected }) => expected)),
    atMost,
    spare: atMost === 0 ? 0 : SPARE_CALLS + known.mostEmptyPages * SPARE_FOR_EMPTY_PAGE,
    rounds: Math.max(0, ...places.map(lastRoundOf)),
    objects: sum(places.map(({ copies }) => copies)),
  }
}

/** Objects that have one selection, wherever they are in the answer. */
interface Place {
  readonly fields: readonly PlacedField[]
  /** Response names from the root. */
  path: readonly string[] | undefined
  /** How many different objects there are at most. */
  objects: number
  /** How many times they stand in the answer, since each response name has its own copy. */
  copies: number
  fromRound: number
}

interface PlacedField {
  readonly responseNames: readonly string[]
  readonly plan: FieldPlan
  readonly next: readonly { readonly place: Place; readonly objects: number }[]
}

const NO_PLAN: FieldPlan = { calls: [], rounds: 0, objects: 1 }

/** All places, each after those that lead to it. */
function placesOf(
  root: SelectedLevel,
  known: Expectations,
  replaced: Replacement | undefined,
): readonly Place[] {
  const existing = new Map<SelectedLevel, Map<AtHand, Place>>()
  const finished: Place[] = []

  function placeOf(level: SelectedLevel, atHand: AtHand): Place {
    const ofLevel = existing.get(level) ?? new Map<AtHand, Place>()
    existing.set(level, ofLevel)
    const place = ofLevel.get(atHand) ?? createPlace(level, atHand)
    ofLevel.set(atHand, place)
    return place
  }

  function createPlace(level: SelectedLevel, atHand: AtHand): Place {
    // Goes backwards, because the finished places are reversed at the end.
    const fields = level.fields.toReversed().map(field => placeField(field, level, atHand))
    const place: Place = {
      fields: fields.toReversed(),
      path: undefined,
      objects: 0,
      copies: 0,
      fromRound: 0,
    }
    finished.push(place)
    return place
  }

  function placeField(field: SelectedField, beside: SelectedLevel, atHand: AtHand): PlacedField {
    const { definition, responseNames, below } = field
    const { plan: planField, atHand: sayAtHand }: FieldExtensions = definition.extensions
    const args = field === replaced?.field ? replaced.args : field.args
    const context = { below: anyOf(below), beside, atHand, known }
    const plan = planField?.(args as never, context) ?? NO_PLAN
    const nextAtHand = sayAtHand?.(args as never, context) ?? 'nothing'
    const next = below.toReversed().map(level => ({
      place: placeOf(level, nextAtHand),
      objects:
        typeof plan.objects === 'number' ? plan.objects : (plan.objects.get(level.type.name) ?? 0),
    }))
    return { responseNames, plan, next: next.toReversed() }
  }

  const start = placeOf(root, 'nothing')
  Object.assign(start, { path: [], objects: 1, copies: 1 })
  const places = finished.toReversed()
  places.forEach(passOn)
  return places
}

function passOn({ fields, path = [], objects, copies, fromRound }: Place): void {
  for (const { responseNames, plan, next } of fields) {
    for (const { place, objects: each } of next) {
      place.path ??= [...path, responseNames[0] ?? '']
      place.objects += objects * each
      place.copies += copies * responseNames.length * each
      place.fromRound = Math.max(place.fromRound, fromRound + plan.rounds)
    }
  }
}

const pathOf = ({ path = [] }: Place, { responseNames }: PlacedField): string =>
  [...path, responseNames[0]].join('.')

const stepsOf = (place: Place): PlanStep[] =>
  place.fields.flatMap(field =>
    field.plan.calls.map(calls => ({
      path: pathOf(place, field),
      ...times(place.objects, calls),
      fromRound: place.fromRound,
    })),
  )

const times = (
  objects: number,
  { endpoint, expected, atMost, atMostInAll = Infinity, takesRest }: PlannedCalls,
) => ({
  endpoint,
  expected: expected * objects,
  atMost: Math.min(atMost * objects, atMostInAll),
  ...(takesRest && { takesRest }),
})

/** Look-ups by id belong to root fields, so that each is made once. */
function lookUpSteps(places: readonly Place[], known: Expectations): PlanStep[] {
  const wanted = places.flatMap(place =>
    place.fields.flatMap(field => {
      const { lookUps } = field.plan
      return lookUps?.records.length ? [{ path: pathOf(place, field), lookUps }] : []
    }),
  )
  const path = namesOf(wanted.map(each => each.path))
  const all = wanted.map(({ lookUps }) => lookUps)
  return planLookUps(all, known).map(calls => ({ path, ...calls, fromRound: 0 }))
}

const NAMED = 3

const namesOf = (names: readonly string[]): string =>
  names.length > NAMED
    ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} others`
    : names.join(', ')

const lastRoundOf = ({ fields, fromRound }: Place): number =>
  fromRound + Math.max(0, ...fields.map(({ plan }) => plan.rounds))

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
