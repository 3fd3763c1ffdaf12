import { describe, expect, it } from 'vitest'
import dashboard from '../../src/ops/grafana/gateway.json' with { type: 'json' }
import { namedIn } from './promql.ts'
import { readServedMetrics } from './served-metrics.ts'

const panels = dashboard.panels.flatMap(({ targets, description, ...panel }) =>
  targets ? [{ ...panel, targets, description }] : [],
)

describe('the dashboard', () => {
  it('names no metric or label that is not served', async () => {
    const served = await readServedMetrics()
    expect(panels.length).toBeGreaterThan(10)
    for (const { title, targets } of panels)
      for (const { expr, legendFormat } of targets) {
        const { metrics, labels } = namedIn(expr)
        expect(metrics, title).not.toEqual([])
        expect(metrics.filter(name => !served.names.has(name))).toEqual([])
        const shown = legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []
        expect([...labels, ...shown].filter(name => !served.labels.has(name))).toEqual([])
      }
  })

  it('shows in each legend only labels that its expression keeps', () => {
    for (const { title, targets } of panels)
      for (const { expr, legendFormat } of targets) {
        const shown = legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []
        const isAggregated = /\b(?:sum|max|count)\b/.test(expr)
        const kept = isAggregated ? namedIn(expr.replaceAll(/\{[^}]*\}/g, '')).labels : ['instance']
        expect(kept, title).toEqual(expect.arrayContaining(shown))
      }
  })

  it('uses the variables that it has, and has each panel chosen by process', () => {
    const variables = dashboard.templating.list.map(({ name }) => name)
    expect(variables).toEqual(['datasource', 'instance'])
    for (const { title, targets } of panels)
      for (const { expr } of targets)
        expect(
          expr.match(/\{[^}]*\}/g)?.every(each => each.includes('$instance')),
          title,
        ).toBe(true)
  })

  it('has a title, a description, a unit and a place of its own for each panel', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
    for (const { title, description, fieldConfig } of panels) {
      expect(title).toBeTruthy()
      expect(description, title).toMatch(/\.$/)
      expect(fieldConfig?.defaults.unit, title).toBeTruthy()
    }
  })
})
