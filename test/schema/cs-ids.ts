interface Connection {
  readonly nodes: readonly { readonly csId: string }[]
}

export const csIdsOf = ({ nodes }: Connection) => nodes.map(({ csId }) => csId)

/** csIds from the first to the last, both included, as the graph gives them. */
export const rising = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index))

export const falling = (first: number, last: number) => rising(last, first).reverse()
