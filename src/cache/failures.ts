import {
  UpstreamError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamUnauthenticatedError,
} from '../upstream/errors.ts'
import { type AskedFor, mayHoldAbsence } from './lifetimes.ts'

/** Throws the error, unless it may be held as an answer. */
export function absenceOr(error: unknown, asked: Omit<AskedFor, 'isLasting'>): unknown {
  if (error instanceof UpstreamNotFoundError && mayHoldAbsence(asked)) return error
  throw error
}

/** Whether the upstream failed in a way that says nothing of what is held. */
export const isPassing = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError &&
  !(error instanceof UpstreamUnauthenticatedError) &&
  !(error instanceof UpstreamForbiddenError) &&
  !(error instanceof UpstreamNotFoundError)
