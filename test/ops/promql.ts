/** What an expression of Prometheus names, as far as it has to exist: no parser, but enough for ours. */
interface Named {
  readonly metrics: readonly string[]
  readonly labels: readonly string[]
}

/** Those with an underscore, outside of braces and brackets: functions of ours but one, and labels, have none. */
const METRIC = /\b(?!histogram_quantile\b)[a-z]+(?:_[a-z0-9]+)+\b/g

export function namedIn(expression: string): Named {
  const selectors = expression.match(/\{[^}]*\}/g) ?? []
  const groups = Array.from(
    expression.matchAll(/\bby \(([^)]*)\)/g),
    ([, labels = '']) => labels,
  ).flatMap(labels => labels.split(/\s*,\s*/))
  return {
    metrics: expression.replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '').match(METRIC) ?? [],
    labels: [...groups, ...selectors.flatMap(each => each.match(/\w+(?=\s*[=!]~?)/g) ?? [])],
  }
}
