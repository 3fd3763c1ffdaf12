import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { pathTo, readText } from '../repository/repository.ts'
import { namedIn } from './promql.ts'
import { readServedMetrics } from './served-metrics.ts'

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly annotations: Readonly<Record<string, string>>
}

const { groups }: { groups: readonly { rules: readonly Alert[] }[] } = parse(
  readText(pathTo('src/ops/prometheus/alerts.yaml')),
)
const alerts = groups.flatMap(({ rules }) => rules)

test('every metric and label that an alert names is served', async () => {
  const served = await readServedMetrics()
  expect(alerts.length).toBeGreaterThan(5)
  for (const { alert, expr, annotations } of alerts) {
    const { metrics, labels } = namedIn(expr)
    expect(metrics, alert).not.toEqual([])
    expect(metrics.filter(name => !served.names.has(name))).toEqual([])
    const shown =
      Object.values(annotations)
        .join()
        .match(/(?<=\$labels\.)\w+/g) ?? []
    expect([...labels, ...shown].filter(name => !served.labels.has(name))).toEqual([])
  }
})
