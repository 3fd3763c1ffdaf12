import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../server/gateway.ts'
import { Markdown } from './markdown.ts'
import { pathTo, readText } from './repository.ts'
import { createSandbox, type RunOptions, type Sandbox, standIn } from './sandbox.ts'

interface Expectation extends RunOptions {
  /** What its output says. If there is `until`, it is stopped there. */
  readonly says?: RegExp
  /** What it ends with. Default: 0. */
  readonly code?: number
  /** Packages of their own that it needs; without them it is skipped. */
  readonly needs?: 'test/consumer' | 'test/supergraph/routers'
}

const READMES = globSync(['README.md', 'CHANGELOG.md', '{src,test}/**/README.md'], {
  cwd: pathTo(''),
  exclude: path => path.endsWith('node_modules'),
}).map(file => new Markdown(readText(pathTo(file))))

/** Commands that a reader may copy: lines of shell, and scripts of npm in the text. */
const COMMANDS = [
  ...new Set([
    ...READMES.flatMap(({ fences }) => fences.filter(({ language }) => language === 'sh')).flatMap(
      ({ text }) =>
        text
          .replace(/^#.*\n/gm, '')
          .replace(/\n$/, '')
          .split(/(?<!\\)\n/),
    ),
    ...READMES.flatMap(({ codeSpans }) => codeSpans).filter(span => /^npm /.test(span)),
  ]),
]

const ANY_PORT = { PORT: '0', EMULATOR_PORT: '0' }
const starts = (until: RegExp, environment = {}): Expectation => ({
  environment: { ...ANY_PORT, ...environment },
  until,
})

const DOCUMENTS = 'persisted-documents.json'

/** How each of them runs in a copy of the repository. Those that go on are stopped. */
const RUNS: Readonly<Record<string, Expectation>> = {
  'npm start': starts(/GraphQL is at/),
  'BANGWO8_URL=https://www.bangwo8.com npm start': starts(
    /All data is REAL: it comes from https:\/\/www\.bangwo8\.com\./,
  ),
  [`DOCUMENTS=trusted DOCUMENTS_MANIFEST=${DOCUMENTS} npm start`]: starts(
    /for 1 trusted document only/,
  ),
  'node --min-semi-space-size=32 --max-semi-space-size=32 --heap-growing-percent=50 --no-allocation-site-pretenuring --preserve-symlinks --import ./src/keep-compiled.js src/main.ts':
    starts(/"listening"/, {
      NODE_ENV: 'production',
      BANGWO8_URL: 'https://www.bangwo8.com',
    }),
  'npm run emulator': starts(/curl/),
  'npm run supergraph': { ...starts(/Ctrl-C/), needs: 'test/supergraph/routers' },
  'npm run supergraph -- --router apollo': {
    ...starts(/Ctrl-C/),
    needs: 'test/supergraph/routers',
  },
  'BANGWO8_URL=https://www.bangwo8.com npm run check': {
    // Without an account and a terminal to ask for it, nothing is asked.
    says: /Expected BANGWO8_ACCOUNT and BANGWO8_PASSWORD/,
    code: 2,
  },
  'npm run check': { says: /Expected the upstream in BANGWO8_URL/, code: 2 },
  'npm run report': { says: /Summary not known, as it failed: none/, needs: 'test/consumer' },
  'npm run --silent manifest --prefix test/consumer > test/consumer/operations/manifest.json': {
    needs: 'test/consumer',
  },
  'npm run explain': { says: /Syntax Error/, code: 1 },
  'npm run explain -- FILE.graphql': { says: /^No upstream calls\.$/m },
  // No gateway runs where they are tried: test/export runs them before one.
  ...Object.fromEntries(
    [
      'npm run export',
      'npm run export --silent -- --from 2026-09-01 --to 2026-09-30 > september.csv',
      'npm run export -- --out all.csv --resume all.progress',
      'npm run export -- --from 2026-11-01 --format ndjson --out new.ndjson --resume new.progress',
    ].map(command => [command, { says: /The gateway cannot be reached/, code: 1 }]),
  ),
  'npm run types': {},
  'npm run lint': { says: /No fixes applied/ },
  'npm run format': { says: /No fixes applied/ },
  'npm run print-schema': {},
  'npm run print-subgraph': { says: /type RemoteRecord .*@key/ },
  'npm run print-subgraph --silent': { says: /^schema|^extend schema/ },
  'npm run print-subgraph --silent > remote-assistance.graphql': {},
  'npm run drain -- --times 100': { until: /^2: \d+ answered, 0 failed, exit 0/m },
  'npm run fuzz': { until: /test\/fuzz\/main\.ts/ },
  'npm run fuzz -- --runs 100000 --seed 12': { until: /test\/fuzz\/main\.ts/ },
  'npm run fuzz -- --runs 1000000': { until: /test\/fuzz\/main\.ts/ },
  'npm run advisories': { says: /advisor/ },
  'npm run sbom': { says: /"spdxVersion": "SPDX-2\.3"/ },
  'npm run laws -- --runs 100000': { until: /laws\.ts/ },
  'npm run laws -- --runs 1000000': { until: /laws\.ts/ },
  'npm run isolation -- --operations 10000000': { until: /test\/isolation\.ts/ },
  'npm run old-generation': { until: /test\/old-generation\.ts/ },
  'npm run bench': { until: /^bench: /m },
  "npm run bench -- --gateway-options ''": { until: /^bench: /m },
  'npm run bench -- --only agents --rounds 5': { until: /^bench: .*agent/m },
  'npm run bench -- --only records': { until: /^bench: .*scalars/m },
  'npm run bench -- --only typename': { until: /^bench: .*__typename/m },
  'npm run bench -- --scale': { until: /^bench: scale/m },
  'npm run bench -- --statistics': { until: /^bench: statistics/m },
  'npm run bench -- --warm': { until: /^bench: warm/m },
  'npm run bench -- --safety': { until: /^bench: safety/m },
  'npm run bench -- --starts': { until: /^bench: starts/m },
  'npm run soak': { until: /^soak: 200 operations/m },
  'npm run soak -- --rate 40': { until: /^soak: 40 operations/m },
  'npm run soak -- --minutes 4 --rate 40 --failures 0.3': { until: /^soak: 40 operations/m },
  'npm run soak -- --minutes 2 --rate 40 --failures 0.3 --retries 100': {
    until: /^soak: 40 operations/m,
  },
  'npm run soak -- --minutes 4 --rate 40 --outage 120': { until: /^soak: 40 operations/m },
  'docker build -t bangwo8-graphql-gateway .': { says: /docker called with: build/ },
  'docker run -p 4000:4000 -e BANGWO8_URL=https://www.bangwo8.com bangwo8-graphql-gateway': {
    says: /docker called with: run .* bangwo8-graphql-gateway$/m,
  },
  'BANGWO8_URL=https://www.bangwo8.com docker compose -f src/ops/compose.yaml up --build': {
    says: /docker called with: compose/,
  },
  'kubectl apply -f src/ops/kubernetes.yaml': { says: /kubectl called with: apply/ },
  'kubectl apply -f src/ops/kubernetes-redis.yaml': { says: /kubectl called with: apply/ },
  'kubectl create secret generic bangwo8-graphql-gateway-redis --from-literal=url=redis://bangwo8-graphql-gateway-redis:6379 --from-literal=secret="$(openssl rand -hex 32)"':
    { says: /kubectl called with: create secret .*secret=[0-9a-f]{64}$/m },
  'kubectl rollout restart deployment bangwo8-graphql-gateway': {
    says: /kubectl called with: rollout/,
  },
}

const CURL = COMMANDS.filter(command => command.startsWith('curl '))
/** They publish to an account elsewhere, so a program that stands in for them is called. */
const PUBLISH = COMMANDS.filter(command => /^(?:hive|rover) /.test(command))

/** What installs packages is run by .ci/run, line by line. */
const CI = readText(pathTo('.ci/run'))
const isRunByCi = (command: string) =>
  command === '.ci/run' || CI.split('\n').includes(command) || CI.includes(` ${command}; `)

/** In a folder without packages; the second one is what an image has. */
const INSTALLING: Readonly<Record<string, RegExp>> = {
  'npm ci && npm start': /GraphQL is at/,
  'npm ci --omit=dev': /added \d+ packages/,
}

let sandbox: Sandbox
beforeAll(() => {
  sandbox = createSandbox({ isInstalled: true })
  for (const name of ['docker', 'hive', 'kubectl', 'rover']) standIn(sandbox, name)
  writeFileSync(join(sandbox.folder, DOCUMENTS), '{ "abc": "{ __typename }" }\n')
  writeFileSync(join(sandbox.folder, 'FILE.graphql'), '{\n  __typename\n}\n')
})
afterAll(() => sandbox[Symbol.dispose]())

async function expectToRun(
  where: Sandbox,
  command: string,
  { says, code = 0, ...options }: Expectation,
): Promise<void> {
  const ended = await where.run(command, options)
  expect(ended.output).toMatch(options.until ?? says ?? /^/)
  expect(ended.code, ended.output).toBe(options.until ? null : code)
}

describe('every command of a README', { timeout: 300_000 }, () => {
  it('is run by one of these tests, or by .ci/run', () => {
    const run = [...Object.keys(RUNS), ...Object.keys(INSTALLING), ...CURL, ...PUBLISH]
    expect(COMMANDS.filter(each => !run.includes(each) && !isRunByCi(each))).toEqual([])
    expect(run.filter(command => !COMMANDS.includes(command))).toEqual([])
  })

  it.for(Object.entries(RUNS))('runs: %s', async ([command, expectation], { skip }) => {
    const { needs } = expectation
    if (needs && !existsSync(pathTo(`${needs}/node_modules`))) skip(`npm ci --prefix ${needs}`)
    await expectToRun(sandbox, command, expectation)
  })

  it.each(PUBLISH)('is a whole command: %s', async command => {
    await expectToRun(sandbox, command, { says: /^(?:hive|rover) called with: .*graphql$/m })
  })

  it.each(CURL)('is answered: %s', async command => {
    await using gateway: TestedGateway = await startTestedGateway()
    // The command names the port of a gateway that one starts oneself.
    const { host } = new URL(gateway.origin)
    writeFileSync(join(sandbox.folder, '.curlrc'), `connect-to = "127.0.0.1:4000:${host}"\n`)
    await expectToRun(sandbox, command, {
      environment: { CURL_HOME: sandbox.folder },
      says: /"totalCount":2000/,
    })
  })

  it.each(Object.entries(INSTALLING))('runs without packages: %s', async (command, says) => {
    using fresh = createSandbox({ isInstalled: false })
    const { output } = await fresh.run(command, { environment: ANY_PORT, until: says })
    expect(output).toMatch(says)
    expect(output).not.toMatch(/npm warn/)
  })
})
