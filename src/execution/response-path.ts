import type { GraphQLResolveInfo } from 'graphql'

/** Where a value stands in the response. One position has one such object while a query runs. */
export class ResponsePath implements Path {
  readonly prev: ResponsePath | undefined
  readonly key: string | number
  /** The type of the object that has the field; undefined for an item of a list. */
  readonly typename: string | undefined
  readonly isNullable: boolean
  readonly #container: object

  /** `container` is the object or the list that has the value under `key`. */
  constructor(
    prev: ResponsePath | undefined,
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
