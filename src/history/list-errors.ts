/** The list could not be pinned down. */
export class ListInconclusiveError extends Error {
  override readonly name: string = 'ListInconclusiveError'
  /** Whether the same request may succeed. */
  readonly isRetryable: boolean

  constructor(message: string, { isRetryable }: { readonly isRetryable: boolean }) {
    super(message)
    this.isRetryable = isRetryable
  }
}

export const keptChanging = () =>
  new ListInconclusiveError('The list kept changing while it was read.', { isRetryable: true })

export const notInOrder = () =>
  new ListInconclusiveError(
    'The upstream lists these records in no order by csId, so its pages prove nothing. Narrow the days until all records of the list fit on one page.',
    { isRetryable: false },
  )
