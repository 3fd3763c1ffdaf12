import { GraphQLError } from 'graphql'

/** An error has a path and places in the document, and takes as long as so many fields. */
const FIELDS_OF_AN_ERROR = 20

/** Counts what becomes an answer, so that a short document cannot make a very large one. */
export class AnswerSize {
  readonly #maxFields: number
  #fields = 0
  #tooLarge: GraphQLError | undefined

  constructor(maxFields: number) {
    this.#maxFields = maxFields
  }

  /** Why the answer is no use any more, once it is larger than it may be. */
  get tooLarge(): GraphQLError | undefined {
    return this.#tooLarge
  }

  /** Gives the same if it is too large now. */
  addFields(count: number): GraphQLError | undefined {
    this.#fields += count
    if (this.#fields > this.#maxFields) this.#tooLarge ??= tooLargeFor(this.#maxFields)
    return this.#tooLarge
  }

  addError(): GraphQLError | undefined {
    return this.addFields(FIELDS_OF_AN_ERROR)
  }
}

const tooLargeFor = (limit: number) =>
  new GraphQLError(
    `Expected an answer of at most ${limit} fields, an error counted as ${FIELDS_OF_AN_ERROR}, got a larger one. Ask for fewer objects, or for less of each.`,
    // With a path, it is thrown on as it is.
    { path: [], extensions: { code: 'ANSWER_SIZE_LIMIT', limit, retryable: false } },
  )
