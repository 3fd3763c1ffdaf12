/**
 * The first index below `length` at which `reached` holds, else `length`.
 * `reached` must never turn false again once it is true.
 */
export function firstIndex(length: number, reached: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle + 1
  }
  return low
}
