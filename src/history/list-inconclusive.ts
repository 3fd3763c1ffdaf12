/** The list could not be pinned down: it kept changing, or its order contradicts its keys. */
export class ListInconclusiveError extends Error {
  override readonly name = 'ListInconclusiveError'
}

export const keptChanging = () =>
  new ListInconclusiveError('The list kept changing while it was read.')
