import type { GraphQLResolveInfo } from 'graphql'

/** Where a value stands in the answer. Resolvers see it as their path. */
export class Place implements Path {
  readonly prev: Place | undefined
  readonly key: string | number
  /** Of the object that has the field; undefined for an item of a list. */
  readonly typename: string | undefined
  readonly isNullable: boolean
  readonly #container: object

  /** `container` is the object or the list that has the value under `key`. */
  constructor(
    prev: Place | undefined,
    key: string | number,
    typename: string | undefined,
    isNullable: boolean,
    container: object,
  ) {
    this.prev = prev
    this.key = key
    this.typename = typename
    this.isNullable = isNullable
    this.#container = container
  }

  put(value: unknown): void {
    Reflect.set(this.#container, this.key, value)
  }
}

type Path = GraphQLResolveInfo['path']
