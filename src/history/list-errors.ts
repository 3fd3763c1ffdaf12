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

export const tooManyHidden = () =>
  new ListInconclusiveError(
    'More pages in a row have no messages than can be read over, though more are said to follow. Ask for fewer days (sentOn), so that all fit on one page.',
    { isRetryable: false },
  )

/** Nothing changed, so the same request would fail again. */
export const rowsNotJoined = () =>
  new ListInconclusiveError(
    'The pages of this list do not show how they follow each other, though it did not change: rows may be hidden from them, or listed twice. Narrow the days until all records of the list fit on one page.',
    { isRetryable: false },
  )

/** Nothing changed, so the same request would fail again. */
export const messagesNotJoined = () =>
  new ListInconclusiveError(
    'The pages of this chat do not show how they follow each other, as messages are hidden from them or look alike. Ask for fewer days (sentOn), so that all fit on one page.',
    { isRetryable: false },
  )

export const notInOrder = () =>
  new ListInconclusiveError(
    'The upstream lists these records in no order by csId, so its pages prove nothing. Narrow the days until all records of the list fit on one page.',
    { isRetryable: false },
  )
