import { EXAMPLE } from './page.ts'
import type { RouterName } from './router.ts'

interface Listening {
  readonly url: string
}

interface Started {
  readonly routerName: RouterName
  readonly router: Listening
  readonly gateway: Listening & { readonly emulator: Listening }
  readonly neighbours: readonly (Listening & { readonly name: string })[]
}

const TITLES = { apollo: '@apollo/gateway', hive: 'Hive Gateway' } as const

/** What a person should know who has just started the company's graph. */
export function announcement({ routerName, router, gateway, neighbours }: Started): string {
  const places = [
    { name: TITLES[routerName], url: router.url },
    { name: '  the gateway', url: gateway.url },
    { name: '    the emulator', url: gateway.emulator.url },
    ...neighbours.map(({ name, url }) => ({ name: `  ${name}`, url })),
  ]
  const width = Math.max(...places.map(({ name }) => name.length))
  return [
    `The company's graph is at ${router.url}; open it in a browser for GraphiQL.`,
    'All data is MADE UP, by the emulator and by two example subgraphs, crm and staff.',
    '',
    ...places.map(({ name, url }) => `${name.padEnd(width)}  ${url}`),
    '',
    'Try:',
    '',
    EXAMPLE,
    'Ctrl-C ends all of it.',
    '',
  ].join('\n')
}
