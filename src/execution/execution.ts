import type {
  GraphQLError,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLTypeResolver,
} from 'graphql'
import { AnswerSize } from './answer-size.ts'
import type { Args } from './collected-field.ts'
import { isPromiseLike } from './promise-like.ts'
import type { ResponsePath } from './response-path.ts'

/** What a query is executed with. */
export interface ExecutionContext
  extends Pick<
    GraphQLResolveInfo,
    'schema' | 'fragments' | 'operation' | 'rootValue' | 'variableValues'
  > {
  readonly rootType: GraphQLObjectType
  readonly contextValue: unknown
  /** Resolves fields that have no resolver of their own. */
  readonly fieldResolver: GraphQLFieldResolver<unknown, unknown>
  /** Finds the type of an object if its interface or union does not. */
  readonly typeResolver: GraphQLTypeResolver<unknown, unknown>
}

type CoerceArgs = (execution: Execution) => Args

/** A query while it is executed: what it still waits for, and what failed. */
export class Execution {
  readonly context: ExecutionContext
  readonly errors: GraphQLError[] = []
  readonly size: AnswerSize
  /** The positions that became null by an error; undefined is the root. */
  readonly #nulls = new Set<ResponsePath | undefined>()
  readonly #awaited: PromiseLike<void>[] = []
  readonly #args = new Map<CoerceArgs, Args>()

  constructor(context: ExecutionContext, maxFields: number) {
    this.context = context
    this.size = new AnswerSize(maxFields)
  }

  /** Whether an error reached the root. */
  get isNull(): boolean {
    return this.#nulls.has(undefined)
  }

  /** Whether values are still to be put into their positions. */
  get isPending(): boolean {
    return this.#awaited.length > 0
  }

  /** Arguments that depend on variables are the same for all objects. */
  coerceOnce(coerce: CoerceArgs): Args {
    const args = this.#args.get(coerce) ?? coerce(this)
    this.#args.set(coerce, args)
    return args
  }

  /** The response waits for it. */
  waitFor(settled: PromiseLike<void>): void {
    this.#awaited.push(settled)
  }

  /** The response waits for it too, but has no use for what becomes of it. */
  waitForNothing(value: unknown): void {
    const ignore = () => undefined
    if (isPromiseLike(value)) this.waitFor(Promise.resolve(value).then(ignore, ignore))
  }

  /** Resolves once nothing is awaited any more. */
  async settled(): Promise<void> {
    while (this.isPending) await Promise.all(this.#awaited.splice(0))
  }

  /** Gives null if the position may be null; else throws, so that what is around it fails. */
  handleFieldError(path: ResponsePath, error: GraphQLError): null {
    if (!path.isNullable) throw error
    const tooLarge = this.size.addError()
    if (tooLarge) throw tooLarge
    this.#addError(error, path)
    return null
  }

  /** Puts null into the nearest position that may be null: what is around is complete already. */
  propagateNull(path: ResponsePath | undefined, error: GraphQLError): void {
    if (this.size.addError()) return
    let at = path
    while (at && !at.isNullable) at = at.prev
    this.#addError(error, at)
    at?.put(null)
  }

  /** An error within what is null already is of no value that the response has. */
  #addError(error: GraphQLError, path: ResponsePath | undefined): void {
    if (this.#isWithinNull(path)) return
    this.#nulls.add(path)
    this.errors.push(error)
  }

  #isWithinNull(path: ResponsePath | undefined): boolean {
    for (let at = path; at; at = at.prev) if (this.#nulls.has(at)) return true
    return this.isNull
  }
}
