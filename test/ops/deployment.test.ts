import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { parseConfig } from '../../src/config.ts'
import { namesIn, pathTo, readText } from '../repository/repository.ts'
import { startTestedGateway, type TestedGateway } from '../server/gateway.ts'
import type { Container, Deployment, PodDisruptionBudget, Service } from './kubernetes.ts'

const OPS = pathTo('src/ops')
/** What the image sets. */
const IMAGE = { NODE_ENV: 'production', HOST: '0.0.0.0' }
const SECRET = 'f'.repeat(64)
/** Once its answers had all the time that they get, it still closes what it holds. */
const END_MS = 2000
const KNOWN = namesIn('src/ops/README.md', /^\| `([A-Z][A-Z0-9_]+)` \|/gm)

function expectUsable(environment: Readonly<Record<string, string>>) {
  expect(Object.keys(environment).filter(name => !KNOWN.includes(name))).toEqual([])
  return parseConfig({ ...IMAGE, ...environment })
}

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ metricsPort: 0 })
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('compose.yaml', () => {
  const { services } = parse(readText(join(OPS, 'compose.yaml')))
  const environment = environmentWith({ BANGWO8_URL: 'https://upstream.example' })

  /** As Compose sets it if its own environment has these variables. */
  function environmentWith(given: Readonly<Record<string, string>>): Record<string, string> {
    const set = Object.entries<string>(services.gateway.environment).map(([name, value]) => {
      const [, from] = /^\$\{(\w+):[-?].*\}$/.exec(value) ?? []
      return [name, from === undefined ? value : (given[from] ?? '')]
    })
    return Object.fromEntries(set)
  }

  it('sets variables of the gateway, to values that it takes', () => {
    const { http } = expectUsable(environment)
    expect(services.gateway.ports).toEqual([`127.0.0.1:4000:${http.port}`])
  })

  it('has a Redis that the gateway can share by, if it is told of it', () => {
    const [, url = ''] = /REDIS_URL=(\S+)/.exec(readText(join(OPS, 'compose.yaml'))) ?? []
    const { hostname } = new URL(url)
    expect(Object.keys(services)).toContain(hostname)
    const shared = environmentWith({
      BANGWO8_URL: 'https://upstream.example',
      REDIS_URL: url,
      CACHE_KEY_SECRET: SECRET,
    })
    expect(expectUsable(shared).cache?.redis).toBeDefined()
    expect(expectUsable(environment).cache?.redis).toBeUndefined()
  })

  it('waits longer for the end than answers take', () => {
    const seconds = Number(/^(\d+)s$/.exec(services.gateway.stop_grace_period)?.[1])
    expect(seconds * 1000).toBeGreaterThanOrEqual(
      expectUsable(environment).http.drainTimeoutMs + END_MS,
    )
  })

  it('mounts and builds what is there', () => {
    const mounts: string[] = Object.values<{ volumes?: string[] }>(services).flatMap(
      ({ volumes = [] }) => volumes,
    )
    const sources = mounts.map(mount => mount.split(':')[0] ?? '')
    expect(sources.length).toBeGreaterThan(3)
    expect(sources.filter(source => !existsSync(join(OPS, source)))).toEqual([])
    expect(existsSync(join(OPS, services.gateway.build, 'Dockerfile'))).toBe(true)
  })

  it('has Prometheus read the metrics of the gateway, and Grafana read Prometheus', () => {
    const { scrape_configs: jobs, rule_files: rules } = parse(
      readText(join(OPS, 'prometheus/prometheus.yaml')),
    )
    const [{ names, port }] = jobs[0].dns_sd_configs
    expect(Object.keys(services)).toEqual(expect.arrayContaining(names))
    expect(port).toBe(expectUsable(environment).http.metricsPort)
    for (const file of rules) expect(existsSync(join(OPS, 'prometheus', file))).toBe(true)
    const { datasources } = parse(readText(join(OPS, 'grafana/datasources.yaml')))
    expect(Object.keys(services)).toContain(new URL(datasources[0].url).hostname)
  })
})

describe('kubernetes.yaml', () => {
  const documents = parseAllDocuments(readText(join(OPS, 'kubernetes.yaml')))
  const [deployment, service, budget] = documents.map(each => each.toJS()) as [
    Deployment,
    Service,
    PodDisruptionBudget,
  ]
  const pod = deployment.spec.template
  const [container] = pod.spec.containers as [Container]
  const environment = Object.fromEntries(
    container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  )
  const portOf = (name: string) => container.ports.find(each => each.name === name)?.containerPort

  it('sets variables of the gateway, and names the ports that it then has', () => {
    expect(portOf('http')).toBe(expectUsable(environment).http.port)
    expect(portOf('metrics')).toBe(expectUsable(environment).http.metricsPort)
  })

  it.each(['startupProbe', 'livenessProbe', 'readinessProbe'] as const)(
    'has a %s that the gateway answers',
    async name => {
      const { path, port } = container[name].httpGet
      expect(portOf(port)).toBe(expectUsable(environment).http.port)
      expect((await fetch(gateway.origin + path)).status).toBe(200)
    },
  )

  it('restarts no process because of its upstream', async () => {
    await using down = await startTestedGateway({ upstreamUrl: 'http://127.0.0.1:1' })
    const statusOf = async (probe: 'livenessProbe' | 'readinessProbe') =>
      (await fetch(down.origin + container[probe].httpGet.path)).status
    expect(await statusOf('livenessProbe')).toBe(200)
    expect(await statusOf('readinessProbe')).toBe(503)
  })

  it('lets Prometheus find the metrics', async () => {
    const { annotations } = pod.metadata
    expect(Number(annotations['prometheus.io/port'])).toBe(
      expectUsable(environment).http.metricsPort,
    )
    const { origin } = new URL(gateway.metricsUrl ?? '')
    expect((await fetch(origin + annotations['prometheus.io/path'])).status).toBe(200)
  })

  it('waits longer for the end than answers take', () => {
    expect(pod.spec.terminationGracePeriodSeconds * 1000).toBeGreaterThanOrEqual(
      expectUsable(environment).http.drainTimeoutMs + END_MS,
    )
  })

  it('has all parts speak of the same pods', () => {
    const { labels } = pod.metadata
    expect(deployment.spec.selector.matchLabels).toEqual(labels)
    expect(service.spec.selector).toEqual(labels)
    expect(budget.spec.selector.matchLabels).toEqual(labels)
    for (const { targetPort } of service.spec.ports) expect(portOf(targetPort)).toBeDefined()
  })

  it('lets processes share by Redis once there is a secret, and start without one', () => {
    const [redis, redisService] = parseAllDocuments(
      readText(join(OPS, 'kubernetes-redis.yaml')),
    ).map(each => each.toJS()) as [Deployment, Service]
    const { labels } = redis.spec.template.metadata
    expect(redis.spec.selector.matchLabels).toEqual(labels)
    expect(redisService.spec.selector).toEqual(labels)
    const readme = readText(join(OPS, 'README.md'))
    const [, secretName] = /create secret generic (\S+)/.exec(readme) ?? []
    const literals = new Map(
      Array.from(readme.matchAll(/--from-literal=(\w+)=(\S+)/g), ([, key, value]) => [key, value]),
    )
    const shared = container.env.flatMap(({ valueFrom }) =>
      valueFrom ? [valueFrom.secretKeyRef] : [],
    )
    for (const { name, optional } of shared)
      expect({ name, optional }).toEqual({ name: secretName, optional: true })
    const url = new URL(literals.get('url') ?? '')
    expect(url.hostname).toBe(redisService.metadata.name)
    expect(redisService.spec.ports.map(({ port }) => port)).toEqual([Number(url.port)])
    const values = { url: String(url), secret: SECRET }
    const set = container.env.flatMap(({ name, valueFrom }) =>
      valueFrom ? [[name, values[valueFrom.secretKeyRef.key as keyof typeof values]]] : [],
    )
    expect(expectUsable({ ...environment, ...Object.fromEntries(set) }).cache?.redis).toBeDefined()
  })
})
