import type {
  GraphQLError,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLTypeResolver,
} from 'graphql'
import type { Args } from './field.ts'
import type { Place } from './place.ts'

/** What a query is run with. */
export interface Scope
  extends Pick<
    GraphQLResolveInfo,
    'schema' | 'fragments' | 'operation' | 'rootValue' | 'variableValues'
  > {
  readonly rootType: GraphQLObjectType
  readonly contextValue: unknown
  /** Resolves fields that have no resolver of their own. */
  readonly fieldResolver: GraphQLFieldResolver<unknown, unknown>
  /** Tells objects' types where their interface or union does not. */
  readonly typeResolver: GraphQLTypeResolver<unknown, unknown>
}

type ReadArgs = (execution: Execution) => Args

/** A query while it runs: what it still waits for, and what failed. */
export class Execution {
  readonly scope: Scope
  readonly errors: GraphQLError[] = []
  readonly #failed = new Set<Place | undefined>()
  readonly #awaited: PromiseLike<void>[] = []
  readonly #args = new Map<ReadArgs, Args>()

  constructor(scope: Scope) {
    this.scope = scope
  }

  /** Whether a failure reached the root. */
  get isNull(): boolean {
    return this.#failed.has(undefined)
  }

  /** Whether values are still to be put into their places. */
  get isPending(): boolean {
    return this.#awaited.length > 0
  }

  /** Arguments that hang on variables are the same for all objects. */
  readOnce(read: ReadArgs): Args {
    const args = this.#args.get(read) ?? read(this)
    this.#args.set(read, args)
    return args
  }

  /** The answer waits for it. */
  waitFor(settled: PromiseLike<void>): void {
    this.#awaited.push(settled)
  }

  /** Resolves once nothing is awaited any more. */
  async settled(): Promise<void> {
    while (this.isPending) await Promise.all(this.#awaited.splice(0))
  }

  /** Null, where the place may be null; else throws, so that what is around it fails. */
  nullAt(place: Place, error: GraphQLError): null {
    if (!place.isNullable) throw error
    this.#add(error, place)
    return null
  }

  /** Puts null into the nearest place that may be null, where what is around is complete already. */
  failFrom(place: Place | undefined, error: GraphQLError): void {
    let at = place
    while (at && !at.isNullable) at = at.prev
    this.#add(error, at)
    at?.put(null)
  }

  /** An error within what is null already is of no value that the answer has. */
  #add(error: GraphQLError, place: Place | undefined): void {
    if (this.#isWithinNull(place)) return
    this.#failed.add(place)
    this.errors.push(error)
  }

  #isWithinNull(place: Place | undefined): boolean {
    for (let at = place; at; at = at.prev) if (this.#failed.has(at)) return true
    return this.isNull
  }
}
