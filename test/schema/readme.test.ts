import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createSchema } from '../../src/schema/schema.ts'
import { Markdown } from '../repository/markdown.ts'
import { namesIn, pathTo, readText } from '../repository/repository.ts'

const readme = new Markdown(readText(pathTo('src/schema/README.md')))

describe('the picture of the graph', () => {
  it('has each field that leads to an object, thick if it leads to many', () => {
    const drawn = readme.fence('mermaid').trim().split('\n').slice(1)
    expect(drawn.map(line => line.trim()).toSorted()).toEqual(arrows().toSorted())
  })

  function arrows(): string[] {
    return (
      Object.values(createSchema().getTypeMap())
        .filter(isObjectType)
        // Statistics are figures all the way down.
        .filter(({ name }) => !/^_|(?:Connection|Edge|PageInfo|Statistics)$/.test(name))
        .flatMap(arrowsFrom)
    )
  }

  function arrowsFrom(type: GraphQLObjectType): string[] {
    return Object.values(type.getFields()).flatMap(field => {
      const named = getNamedType(field.type)
      if (isScalarType(named) || isEnumType(named) || field.name.startsWith('_')) return []
      const isConnection = named.name.endsWith('Connection')
      const arrow = isConnection || isList(field.type) ? '==>' : '-->'
      return [`${type.name} ${arrow}|${field.name}| ${named.name.replace(/Connection$/, '')}`]
    })
  }

  const isList = (type: GraphQLOutputType) => isListType(isNonNullType(type) ? type.ofType : type)
})

describe('the table of error codes', () => {
  it('has those of HTTP, of the upstream, and of lookups', () => {
    const codes = [
      ...namesIn('src/server/http/statuses.ts', /\['([A-Z_]+)',/g),
      ...namesIn('src/upstream/errors.ts', /^ {2}\| '([A-Z_]+)'/gm),
      'LOOKUP_INCONCLUSIVE',
    ]
    const cells = readme.section('Null and errors').rows.map(([name = '']) => name)
    const listed = cells.flatMap(cell => cell.split(', ').map(name => name.replaceAll('`', '')))
    expect(listed.toSorted()).toEqual([...new Set(codes)].toSorted())
  })
})
