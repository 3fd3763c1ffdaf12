import { z } from 'zod'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError } from '../errors.ts'
import { isWireObject } from './wire.ts'

/** Compiles a shape, once, at module load. */
export const createShape = <Shape extends z.ZodType>(shape: Shape): Shape => z.compile(shape)

/** The body in the shape expected; throws UpstreamBadResponseError if it has another. */
export function parseShape<Shape extends z.ZodType>(
  shape: Shape,
  endpoint: EndpointName,
  body: unknown,
): z.output<Shape> {
  const result = shape.safeParse(body)
  if (result.success) return result.data
  throw wrongShape(endpoint, body)
}

export const wrongShape = (endpoint: EndpointName, body: unknown): UpstreamBadResponseError =>
  new UpstreamBadResponseError(
    `The upstream's answer cannot be read: expected ${ENDPOINT_NOUNS[endpoint]}, got ${describe(body)}.`,
    { reason: 'other-shape' },
  )

/** What a body is, without quoting it; but for a status code in it, of digits alone. */
function describe(body: unknown): string {
  if (Array.isArray(body)) return 'an array'
  if (!isWireObject(body)) return body === null ? 'null' : `a ${typeof body}`
  const status = String(body.status)
  return /^\d{1,6}$/.test(status) ? `an object with status ${status}` : 'another object'
}
