import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Size } from '../../../src/server/documents/definition-size.ts'

/** A field of a document whose fragments are all written out. */
interface WrittenField {
  readonly depth: number
  readonly isAtRoot: boolean
  readonly hasAlias: boolean
}

interface Written {
  readonly fields: readonly WrittenField[]
  readonly directives: number
  readonly fragmentDepth: number
}

/** The size of a document, by writing all of it out. Only for small ones without circles. */
export function naiveSize({ definitions }: DocumentNode): Size {
  const operations = definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
  const byName = new Map(fragments.map(fragment => [fragment.name.value, fragment]))
  const written = operations.map(operation => writeOut(operation, byName))
  const sets = [...written, ...fragments.map(fragment => writeOut(fragment, byName))]
  const together = (count: (set: Written) => number) =>
    Math.max(
      written.map(count).reduce((one, other) => one + other, 0),
      ...sets.map(count),
    )
  return {
    depth: Math.max(...sets.flatMap(({ fields }) => fields.map(({ depth }) => depth))),
    fragmentDepth: Math.max(...sets.map(({ fragmentDepth }) => fragmentDepth)),
    rootFields: Math.max(
      0,
      ...written.map(({ fields }) => fields.filter(({ isAtRoot }) => isAtRoot).length),
    ),
    fields: together(({ fields }) => fields.length),
    aliases: together(({ fields }) => fields.filter(({ hasAlias }) => hasAlias).length),
    directives: together(({ directives }) => directives),
    repeatedFields: [...operations, ...fragments]
      .map(({ selectionSet }) => repeatedIn(selectionSet))
      .reduce((one, other) => one + other, 0),
  }
}

function writeOut(
  definition: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Written {
  const fields: WrittenField[] = []
  let fragmentDepth = 0
  let directives = directivesOf(definition)
  for (const variable of definition.variableDefinitions ?? []) directives += directivesOf(variable)

  const walk = (selections: readonly SelectionNode[], path: readonly string[], around: number) => {
    fragmentDepth = Math.max(fragmentDepth, around)
    for (const selection of selections) {
      directives += directivesOf(selection)
      if (selection.kind === Kind.FIELD) {
        const below = [...path, selection.name.value]
        const depth = below.filter(name => name !== 'edges' && name !== 'ofType').length
        fields.push({ depth, isAtRoot: path.length === 0, hasAlias: selection.alias !== undefined })
        walk(selection.selectionSet?.selections ?? [], below, around)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet.selections, path, around + 1)
      } else {
        const fragment = fragments.get(selection.name.value)
        directives += fragment ? directivesOf(fragment) : 0
        const unknown: SelectionNode[] = [{ kind: Kind.FIELD, name: selection.name }]
        walk(fragment?.selectionSet.selections ?? unknown, path, around + 1)
      }
    }
  }
  walk(definition.selectionSet.selections, [], 0)
  return { fields, directives, fragmentDepth }
}

const directivesOf = ({ directives = [] }: { directives?: readonly DirectiveNode[] | undefined }) =>
  directives.length

/** Repeated fields as they are written, with inline fragments as part of what is around them. */
function repeatedIn({ selections }: SelectionSetNode): number {
  const inline = (selection: SelectionNode): SelectionNode[] =>
    selection.kind === Kind.INLINE_FRAGMENT
      ? selection.selectionSet.selections.flatMap(inline)
      : [selection]
  const fields = selections.flatMap(inline).filter(selection => selection.kind === Kind.FIELD)
  const names = new Set(fields.map(field => (field.alias ?? field.name).value))
  const below = fields.map(({ selectionSet }) => (selectionSet ? repeatedIn(selectionSet) : 0))
  return fields.length - names.size + below.reduce((one, other) => one + other, 0)
}
