/** The list could not be pinned down: it kept changing, or its order contradicts its keys. */
export class ListInconclusiveError extends Error {
  override readonly name = 'ListInconclusiveError'
  /** Whether the same request may succeed. */
  readonly isRetryable: boolean

  constructor(message: string, { isRetryable }: { readonly isRetryable: boolean }) {
    super(message)
    this.isRetryable = isRetryable
  }
}

export const keptChanging = () =>
  new ListInconclusiveError('The list kept changing while it was read.', { isRetryable: true })

export const tooLongToSort = () =>
  new ListInconclusiveError(
    'The rows of the list are in no order by their keys, and too many to be sorted.',
    { isRetryable: false },
  )
