import type {
  DefinitionNode,
  DirectiveNode,
  FieldNode,
  FragmentSpreadNode,
  InlineFragmentNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql'
import { Kind } from 'graphql'

/** How large a definition is, or a whole document. */
export interface Size {
  /** The most fields within each other. Those of FREE_LEVELS do not count. */
  readonly depth: number
  /** The most fragments within each other, spread or inline. */
  readonly fragmentDepth: number
  /** The fields at the root of one operation. */
  readonly rootFields: number
  readonly fields: number
  readonly aliases: number
  /** The directives of operations, variables, fields and fragments. */
  readonly directives: number
  /**
   * Fields of a response name that the same selection set has already. Inline fragments are part of
   * their selection set here, and spread fragments are not.
   */
  readonly repeatedFields: number
}

export const NO_SIZE: Size = {
  depth: 0,
  fragmentDepth: 0,
  rootFields: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  repeatedFields: 0,
}

/**
 * Fields that are no level of their own: `edges { node { … } }` is another spelling of `nodes { … }`,
 * and `ofType` unwraps one type of an introspection, so it never multiplies objects.
 */
const FREE_LEVELS: ReadonlySet<string> = new Set(['edges', 'ofType'])

/** A place in a definition that spreads a fragment. */
export interface Spread extends Place {
  readonly name: string
}

interface Place {
  readonly isAtRoot: boolean
  /** Levels of fields around it. */
  readonly depth: number
  /** Fragments around it. */
  readonly fragmentDepth: number
}

const ROOT: Place = { isAtRoot: true, depth: 0, fragmentDepth: 0 }

/** A selection set that has not been read yet. */
interface OpenSet extends Place {
  readonly selections: readonly SelectionNode[]
  /** The response names of the fields that were found in it. */
  readonly names: Set<string>
}

/** What a definition has by itself, without the fragments that it spreads. Reads without recursion. */
export class DefinitionSize implements Size {
  depth = 0
  fragmentDepth = 0
  rootFields = 0
  fields = 0
  aliases = 0
  directives = 0
  repeatedFields = 0
  readonly spreads: Spread[] = []
  readonly #open: OpenSet[] = []

  constructor(definition: DefinitionNode) {
    this.#countDirectives(definition)
    if ('variableDefinitions' in definition)
      for (const variable of definition.variableDefinitions ?? []) this.#countDirectives(variable)
    if ('selectionSet' in definition) this.#enter(definition.selectionSet, ROOT)
    for (let set = this.#open.pop(); set; set = this.#open.pop()) {
      for (const selection of set.selections) this.#read(selection, set)
    }
  }

  #read(selection: SelectionNode, set: OpenSet): void {
    this.#countDirectives(selection)
    if (selection.kind === Kind.FIELD) this.#readField(selection, set)
    else this.#readFragment(selection, set)
  }

  #readFragment(selection: FragmentSpreadNode | InlineFragmentNode, set: OpenSet): void {
    const fragmentDepth = set.fragmentDepth + 1
    this.fragmentDepth = Math.max(this.fragmentDepth, fragmentDepth)
    const { isAtRoot, depth } = set
    const place = { isAtRoot, depth, fragmentDepth }
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      this.spreads.push({ ...place, name: selection.name.value })
    else this.#enter(selection.selectionSet, place, set.names)
  }

  #readField({ name, alias, selectionSet }: FieldNode, set: OpenSet): void {
    const responseName = (alias ?? name).value
    const depth = set.depth + (FREE_LEVELS.has(name.value) ? 0 : 1)
    this.fields += 1
    if (alias) this.aliases += 1
    if (set.isAtRoot) this.rootFields += 1
    if (set.names.has(responseName)) this.repeatedFields += 1
    set.names.add(responseName)
    this.depth = Math.max(this.depth, depth)
    const { fragmentDepth } = set
    if (selectionSet) this.#enter(selectionSet, { isAtRoot: false, depth, fragmentDepth })
  }

  #enter({ selections }: SelectionSetNode, place: Place, names = new Set<string>()): void {
    this.#open.push({ ...place, selections, names })
  }

  #countDirectives(node: { readonly directives?: readonly DirectiveNode[] | undefined }): void {
    this.directives += node.directives?.length ?? 0
  }
}
