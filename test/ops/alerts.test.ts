import { expect, test } from 'vitest'
import { pathTo, readText } from '../repository/repository.ts'
import { startTestedGateway } from '../server/gateway.ts'

const alerts = readText(pathTo('src/ops/prometheus/alerts.yaml'))

/** What follows each `expr:`, on its line or on the deeper ones below. */
const expressions = [...alerts.matchAll(/^ +expr: (?:>\n((?: {10}.*\n)+)|(.*)\n)/gm)].map(
  ([, lines, line]) => lines ?? line ?? '',
)

/** Those with an underscore, outside of braces: functions and labels have none. */
const namesIn = (expression: string) =>
  expression.replaceAll(/\{[^}]*\}/g, '').match(/\b[a-z]+(?:_[a-z0-9]+)+\b/g) ?? []

test('every metric that an alert names is served', async () => {
  await using gateway = await startTestedGateway({ metricsPort: 0 })
  const text = await (await fetch(gateway.metricsUrl ?? '')).text()
  const served = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  )
  const named = expressions.flatMap(namesIn).filter(name => name !== 'histogram_quantile')
  expect(expressions).toHaveLength(alerts.match(/- alert:/g)?.length ?? 0)
  expect(named.length).toBeGreaterThanOrEqual(expressions.length)
  expect(named.filter(name => !served.includes(name))).toEqual([])
})
