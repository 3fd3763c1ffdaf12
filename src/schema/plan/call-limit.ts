import { GraphQLError } from 'graphql'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import type { Fit } from './fit.ts'
import type { Plan, PlanStep } from './plan.ts'

/** The most objects of an answer, so that making them does not keep other callers waiting. */
const MAX_OBJECTS = 200_000
/** How many fields a refusal names, those with the most calls first. */
const NAMED_FIELDS = 3

/** The reason why an operation must not run. Undefined if it may. */
export function refusalOf(
  plan: Plan,
  maxCalls: number,
  fitTo: (maxCalls: number) => Fit | undefined,
): GraphQLError | undefined {
  if (plan.objects > MAX_OBJECTS) {
    return new BadUserInputError(
      `The answer can have ${plan.objects} objects; at most ${MAX_OBJECTS} are allowed.`,
    )
  }
  return plan.atMost > maxCalls ? tooManyCalls(plan, maxCalls, fitTo(maxCalls)) : undefined
}

function tooManyCalls({ atMost, steps }: Plan, limit: number, fit: Fit | undefined): GraphQLError {
  const fields = dearestOf(steps)
  const dear = fields.map(({ path, atMost }) => `${path} (${atMost})`).join(', ')
  const advice = fit
    ? `${fit.fits} would fit: give ${fit.field} ${fit.argument}: ${fit.fits} in place of ${fit.asked}.`
    : 'Ask for fewer objects at once.'
  return new GraphQLError(
    `This operation can need ${atMost} upstream calls; at most ${limit} are allowed. Most are for ${dear}. ${advice}`,
    {
      extensions: {
        code: 'UPSTREAM_CALL_LIMIT',
        retryable: false,
        atMost,
        limit,
        fields,
        ...(fit && { fits: fit }),
      },
    },
  )
}

/** Fields, each with the calls that it makes to all endpoints. */
function dearestOf(steps: readonly PlanStep[]): { path: string; atMost: number }[] {
  const fields = [...Map.groupBy(steps, ({ path }) => path)].map(([path, ofField]) => ({
    path,
    atMost: ofField.reduce((sum, step) => sum + step.atMost, 0),
  }))
  return fields.toSorted((a, b) => b.atMost - a.atMost).slice(0, NAMED_FIELDS)
}
