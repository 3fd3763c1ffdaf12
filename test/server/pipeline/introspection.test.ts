import type { IntrospectionInputValue, IntrospectionQuery, IntrospectionType } from 'graphql'
import { getIntrospectionQuery } from 'graphql'
import { expect, it } from 'vitest'
import { JSON_TYPE, startTestedGateway } from '../gateway.ts'

type Described = readonly [coordinate: string, description: string | null | undefined]

/** Everything in the graph as its documentation shows it, as schema coordinates. */
function everythingIn({ __schema }: IntrospectionQuery): Described[] {
  return [
    ['the graph', __schema.description],
    ...__schema.types.flatMap(type => [[type.name, type.description] as const, ...membersOf(type)]),
    ...__schema.directives.flatMap(({ name, description, args }) => [
      [`@${name}`, description] as const,
      ...argumentsOf(`@${name}`, args),
    ]),
  ]
}

function membersOf(type: IntrospectionType): Described[] {
  if (type.kind === 'ENUM')
    return type.enumValues.map(value => [`${type.name}.${value.name}`, value.description])
  if (type.kind === 'INPUT_OBJECT')
    return type.inputFields.map(field => [`${type.name}.${field.name}`, field.description])
  if (type.kind !== 'OBJECT' && type.kind !== 'INTERFACE') return []
  return type.fields.flatMap(({ name, description, args }) => [
    [`${type.name}.${name}`, description] as const,
    ...argumentsOf(`${type.name}.${name}`, args),
  ])
}

const argumentsOf = (owner: string, args: readonly IntrospectionInputValue[]): Described[] =>
  args.map(({ name, description }) => [`${owner}(${name}:)`, description])

it('tells of everything in the graph what it is', async () => {
  await using gateway = await startTestedGateway()
  const query = getIntrospectionQuery({ schemaDescription: true, inputValueDeprecation: true })
  const body = JSON.stringify({ query })
  const response = await fetch(gateway.url, { method: 'POST', headers: JSON_TYPE, body })
  const { data } = (await response.json()) as { data: IntrospectionQuery }
  const own = everythingIn(data).filter(([coordinate]) => !/^@?__/.test(coordinate))
  expect(own.length).toBeGreaterThan(150)
  expect(own.filter(([, description]) => !description?.trim())).toEqual([])
  const inside = /\b(loader|dataloader|pothos|yoga|resolver|emulator|undici|TODO|src\/|\.ts\b)/i
  expect(own.filter(([, description]) => inside.test(description ?? ''))).toEqual([])
})
