import type { ExecutionResult } from 'graphql'
import { JSON_TYPE } from '../http/negotiation.ts'
import { statusOf } from '../http/statuses.ts'

/** Whether any root field has a value. */
export const hasData = ({ data }: Pick<ExecutionResult, 'data'>): boolean =>
  Object.values(data ?? {}).some(value => value !== null)

/** The HTTP status: an answer with data is a success, one without has the highest of its errors. */
export function statusFor({ data, errors = [] }: ExecutionResult, mediaType: string): number {
  if (data !== undefined) return 200
  const statuses = errors.map(({ extensions }) => statusOf(String(extensions.code)))
  const isJson = mediaType === JSON_TYPE
  return Math.max(200, ...statuses.map(({ status, jsonStatus }) => (isJson ? jsonStatus : status)))
}
