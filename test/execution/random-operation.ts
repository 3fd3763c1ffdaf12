import fc from 'fast-check'
import type {
  GraphQLField,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql'
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parseValue,
  valueFromASTUntyped,
} from 'graphql'

export interface RandomOperation {
  readonly source: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Literals that an argument of this name may have. */
type Literals = Readonly<Record<string, readonly string[]>>

/**
 * Valid operations over a schema: with aliases and fields selected repeatedly, fragments of both
 * kinds, `@skip` and `@include`, and arguments that are literals, variables, or both.
 */
export const randomOperation = (
  schema: GraphQLSchema,
  literals: Literals,
): fc.Arbitrary<RandomOperation> =>
  fc
    .array(fc.nat(999), { minLength: 30, maxLength: 150 })
    .map(choices => new OperationWriter(schema, literals, choices).write())

/** Writes an operation by a row of choices: with the same ones, the same operation. */
class OperationWriter {
  readonly #schema: GraphQLSchema
  readonly #literals: Literals
  readonly #choices: number[]
  readonly #definitions: string[] = []
  readonly #fragments: string[] = []
  readonly #variables: Record<string, unknown> = {}
  #names = 0

  constructor(schema: GraphQLSchema, literals: Literals, choices: readonly number[]) {
    this.#schema = schema
    this.#literals = literals
    this.#choices = [...choices]
  }

  write(): RandomOperation {
    const selection = this.#selectionSet(this.#schema.getQueryType() as GraphQLObjectType, 5)
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : ''
    const source = [`query ${definitions} ${selection}`, ...this.#fragments].join('\n')
    return { source, variables: this.#variables }
  }

  /** Zero where the choices are used up, so that every operation comes to an end. */
  #choice(count: number): number {
    return (this.#choices.shift() ?? 0) % count
  }

  #oneIn(count: number): boolean {
    return this.#choice(count) === count - 1
  }

  #name(prefix: string): string {
    this.#names += 1
    return prefix + this.#names
  }

  #selectionSet(type: GraphQLNamedType, depth: number): string {
    const count = 1 + this.#choice(4)
    const selections = Array.from({ length: count }, () => this.#selection(type, depth))
    return `{ __typename ${selections.join(' ')} }`
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (isAbstractType(type) && !this.#oneIn(3))
      return this.#fragment(this.#typeWithin(type), depth)
    if (this.#oneIn(6)) return this.#fragment(this.#typeAround(type), depth)
    return this.#field(type, depth)
  }

  #typeWithin(type: GraphQLNamedType): GraphQLNamedType {
    const types = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : []
    return types[this.#choice(types.length || 1)] ?? type
  }

  #typeAround(type: GraphQLNamedType): GraphQLNamedType {
    const interfaces = isObjectType(type) ? type.getInterfaces() : []
    return interfaces[this.#choice(2)] ?? type
  }

  #fragment(type: GraphQLNamedType, depth: number): string {
    const selection = this.#selectionSet(type, depth - 1)
    const directive = this.#directive()
    if (this.#oneIn(2)) return `... on ${type.name} ${directive} ${selection}`
    const name = this.#name('Fragment')
    this.#fragments.push(`fragment ${name} on ${type.name} ${selection}`)
    return this.#oneIn(3) ? `...${name} ...${name}` : `...${name} ${directive}`
  }

  #field(type: GraphQLNamedType, depth: number): string {
    const fields = fieldsOf(type).filter(field => depth > 0 || !leadsOn(field.type))
    const field = fields[this.#choice(fields.length || 1)]
    if (!field) return '__typename'
    const call = `${this.#name('f')}: ${field.name}${this.#arguments(field)}`
    const once = () => `${call} ${this.#directive()} ${this.#subselection(field.type, depth)}`
    return this.#oneIn(5) ? `${once()} ${once()}` : once()
  }

  #subselection(type: GraphQLOutputType, depth: number): string {
    return leadsOn(type) ? this.#selectionSet(getNamedType(type), depth - 1) : ''
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap(({ name, type }) => {
      const literals = this.#literals[name] ?? []
      const literal = literals[this.#choice(literals.length || 1)]
      return literal === undefined ? [] : [`${name}: ${this.#value(String(type), literal)}`]
    })
    return given.length > 0 ? `(${given.join(', ')})` : ''
  }

  #value(type: string, literal: string): string {
    if (!this.#oneIn(3)) return literal
    const name = this.#name('v')
    this.#definitions.push(`$${name}: ${type}`)
    this.#variables[name] = valueFromASTUntyped(parseValue(literal))
    return `$${name}`
  }

  #directive(): string {
    if (!this.#oneIn(5)) return ''
    const directive = this.#oneIn(2) ? 'skip' : 'include'
    return `@${directive}(if: ${this.#value('Boolean!', String(this.#oneIn(2)))})`
  }
}

const leadsOn = (type: GraphQLOutputType) => isCompositeType(getNamedType(type))

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []
