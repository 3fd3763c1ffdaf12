import type { PageNumbers, Parameters } from './parameters.ts'

/** What every list answer says about its pages. URLs are absolute, null where there is no page. */
export interface PageLinks {
  readonly count: number
  readonly next_page: string | null
  readonly previous_page: string | null
}

/** `url` is the list's own, without a query; `kept` are the parameters that its pages share. */
export function pageLinks(
  url: string,
  { page, perPage }: PageNumbers,
  count: number,
  kept: Parameters,
): PageLinks {
  const link = (to: number) =>
    `${url}?${new URLSearchParams({ ...kept, per_page: String(perPage), page: String(to) })}`
  return {
    count,
    next_page: page * perPage < count ? link(page + 1) : null,
    previous_page: page > 1 ? link(page - 1) : null,
  }
}

/** The named parameters, of those that were sent. */
export const keep = (parameters: Parameters, names: readonly string[]): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)))
