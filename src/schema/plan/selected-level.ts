import type { FieldNode, GraphQLField, GraphQLObjectType, SelectionSetNode } from 'graphql'
import {
  GraphQLError,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql'
import type { HasSelectionSet, SelectionContext } from '../../execution/selection.ts'
import { fieldsBelow, responseNameOf } from '../../execution/selection.ts'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import type { FieldExtensions, SelectionQuestions } from './field-plan.ts'

/** The selection of the objects of a type, in one or several places of an operation. */
export interface SelectedLevel extends SelectionQuestions {
  readonly type: GraphQLObjectType
  /** The fields that lead to objects, or make calls. */
  readonly fields: readonly SelectedField[]
}

/**
 * A field with its arguments. It is one field, under however many response names it is selected.
 */
export interface SelectedField {
  readonly definition: GraphQLField<unknown, unknown>
  readonly args: Readonly<Record<string, unknown>>
  readonly responseNames: readonly string[]
  /** The level below it, for each type that its objects may have. */
  readonly below: readonly SelectedLevel[]
}

/** The most selections that are read: many times those of any usual document. */
const MAX_SELECTIONS = 200_000

/**
 * Reads what an operation selects. Places that have the same selection sets share one level, so
 * that fragments which spread others repeatedly are read once; fields that are switched off, or
 * are of another type, are not read at all.
 */
export class SelectionReader {
  /** The errors in the arguments of selected fields. */
  readonly errors: GraphQLError[] = []
  readonly #context: SelectionContext
  readonly #levels = new Map<string, SelectedLevel>()
  readonly #selectionSets = new Map<SelectionSetNode, number>()
  readonly #refused = new Set<FieldNode>()
  #selections = 0

  constructor(context: SelectionContext) {
    this.#context = context
  }

  /** Throws BadUserInputError if fragments make the document larger than the limit. */
  read(type: GraphQLObjectType, parents: readonly HasSelectionSet[]): SelectedLevel {
    const key = this.#nameOf(type, parents)
    const level = this.#levels.get(key) ?? this.#readLevel(type, parents)
    this.#levels.set(key, level)
    return level
  }

  #nameOf({ name }: GraphQLObjectType, parents: readonly HasSelectionSet[]): string {
    const numbers = parents.flatMap(({ selectionSet }) => {
      if (!selectionSet) return []
      const number = this.#selectionSets.get(selectionSet) ?? this.#selectionSets.size
      this.#selectionSets.set(selectionSet, number)
      return number
    })
    return `${name} ${[...new Set(numbers)].toSorted((a, b) => a - b)}`
  }

  #readLevel(type: GraphQLObjectType, parents: readonly HasSelectionSet[]): SelectedLevel {
    const nodes = fieldsBelow(parents, this.#context, type, () => this.#countSelection())
    const names = new Set(nodes.map(({ name }) => name.value))
    const groups = Map.groupBy(
      nodes.flatMap(node => this.#readField(type, node)),
      ({ key }) => key,
    )
    return new Level(type, names, [...groups.values()].flatMap(this.#selectedField))
  }

  #countSelection(): void {
    this.#selections += 1
    if (this.#selections > MAX_SELECTIONS) {
      throw new BadUserInputError('The fragments of this document are too entangled.')
    }
  }

  /** Empty if the field costs nothing in any place, or if its arguments are wrong. */
  #readField(type: GraphQLObjectType, node: FieldNode): ReadField[] {
    const definition = type.getFields()[node.name.value]
    if (!definition) return []
    const { checkInput, plan }: FieldExtensions = definition.extensions
    if (isLeafType(getNamedType(definition.type)) && !checkInput && !plan) return []
    try {
      const args = getArgumentValues(definition, node, this.#context.variableValues)
      checkInput?.(args as never)
      return [{ node, definition, args, key: `${definition.name} ${JSON.stringify(args)}` }]
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      this.#refuse(node, error)
      return []
    }
  }

  #refuse(node: FieldNode, { message, extensions }: GraphQLError): void {
    if (this.#refused.has(node)) return
    this.#refused.add(node)
    this.errors.push(new GraphQLError(message, { nodes: node, extensions }))
  }

  readonly #selectedField = (group: readonly ReadField[]): SelectedField[] => {
    const [first] = group
    if (!first) return []
    const { definition, args } = first
    const nodes = group.map(({ node }) => node)
    const responseNames = [...new Set(nodes.map(responseNameOf))]
    const below = this.#typesOf(definition).map(type => this.read(type, nodes))
    return [{ definition, args, responseNames, below }]
  }

  #typesOf({ type }: GraphQLField<unknown, unknown>): readonly GraphQLObjectType[] {
    const named = getNamedType(type)
    if (isObjectType(named)) return [named]
    return isAbstractType(named) ? this.#context.schema.getPossibleTypes(named) : []
  }
}

interface ReadField extends Pick<SelectedField, 'definition' | 'args'> {
  readonly node: FieldNode
  /** Fields with the same result share one entry. */
  readonly key: string
}

class Level implements SelectedLevel {
  readonly type: GraphQLObjectType
  readonly fields: readonly SelectedField[]
  readonly #names: ReadonlySet<string>

  constructor(
    type: GraphQLObjectType,
    names: ReadonlySet<string>,
    fields: readonly SelectedField[],
  ) {
    this.type = type
    this.#names = names
    this.fields = fields
  }

  has(name?: string, ...rest: readonly string[]): boolean {
    if (name === undefined) return true
    if (!this.#names.has(name)) return false
    const named = this.fields.filter(({ definition }) => definition.name === name)
    return rest.length === 0 || named.some(({ below }) => anyOf(below).has(...rest))
  }

  namesOn(typeName: string): ReadonlySet<string> {
    return typeName === this.type.name ? this.#names : NONE
  }
}

const NONE: ReadonlySet<string> = new Set()

/** The questions of a plan about levels that belong to one object, by its type. */
export const anyOf = (levels: readonly SelectedLevel[]): SelectionQuestions => ({
  has: (...path) => levels.some(level => level.has(...path)),
  namesOn: typeName => levels.find(({ type }) => type.name === typeName)?.namesOn(typeName) ?? NONE,
})
