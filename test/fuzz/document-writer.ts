import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql'
import type { Dice } from '../../src/emulator/random.ts'
import { anyOf, CANARY } from './values.ts'

interface WrittenOperation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

const ODD_KEY = { [CANARY]: 1 }

/** Writes operations over a schema. Most have an argument or two that cannot be right. */
export class DocumentWriter {
  readonly #schema: GraphQLSchema
  readonly #dice: Dice
  readonly #definitions: string[] = []
  readonly #fragments: string[] = []
  readonly #variables: Record<string, unknown> = {}
  #names = 0

  constructor(schema: GraphQLSchema, dice: Dice) {
    this.#schema = schema
    this.#dice = dice
  }

  write(): WrittenOperation {
    const selection = this.#selectionSet(this.#schema.getQueryType() as GraphQLObjectType, 4)
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : ''
    const query = [`query ${definitions} ${selection}`, ...this.#fragments].join('\n')
    return { query, variables: this.#variables }
  }

  #name(prefix: string): string {
    this.#names += 1
    return prefix + this.#names
  }

  #selectionSet(type: GraphQLNamedType, depth: number): string {
    const count = this.#dice.between(1, 3)
    const selections = Array.from({ length: count }, () => this.#selection(type, depth))
    return `{ ${selections.join(' ')} }`
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (this.#dice.oneIn(12)) return '__typename'
    if (isAbstractType(type)) return this.#fragment(this.#typeWithin(type), depth)
    return this.#dice.oneIn(8) ? this.#fragment(type, depth) : this.#field(type, depth)
  }

  #typeWithin(type: GraphQLNamedType): GraphQLNamedType {
    const types = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : []
    return anyOf(this.#dice, types) ?? type
  }

  #fragment({ name: on }: GraphQLNamedType, depth: number): string {
    const type = this.#schema.getType(on)
    const selection = type ? this.#selectionSet(type, depth - 1) : '{ __typename }'
    if (this.#dice.oneIn(2)) return `... on ${on} ${this.#directive()} ${selection}`
    const name = this.#name('F')
    this.#fragments.push(`fragment ${name} on ${on} ${selection}`)
    return `...${name} ${this.#directive()}`
  }

  #field(type: GraphQLNamedType, depth: number): string {
    const all = isObjectType(type) ? Object.values(type.getFields()) : []
    const fields = all.filter(each => depth > 0 || !isCompositeType(getNamedType(each.type)))
    const field = anyOf(this.#dice, fields)
    if (!field) return '__typename'
    const given = this.#arguments(field.args)
    const isAlone = given === '' || this.#dice.oneIn(8)
    const alias = isAlone ? '' : `${this.#name('a')}: `
    const below = getNamedType(field.type)
    const selection = isCompositeType(below) ? this.#selectionSet(below, depth - 1) : ''
    return `${alias}${field.name}${given} ${this.#directive()} ${selection}`
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args.filter(each => isRequired(each) || this.#dice.oneIn(5))
    if (given.length === 0) return ''
    return `(${given.map(({ name, type }) => `${name}: ${this.#given(type, name)}`).join(', ')})`
  }

  #given(type: GraphQLInputType, name: string): string {
    if (!this.#dice.oneIn(4)) return literalOf(this.#value(type, name))
    const variable = this.#name('v')
    this.#definitions.push(`$${variable}: ${type}`)
    if (!this.#dice.oneIn(8)) this.#variables[variable] = asJson(this.#value(type, name))
    return `$${variable}`
  }

  #value(type: GraphQLInputType, name: string): unknown {
    if (this.#dice.oneIn(60)) return this.#wrong()
    const nullable = getNullableType(type)
    if (isListType(nullable)) {
      const length = this.#dice.below(3)
      return Array.from({ length }, () => this.#value(nullable.ofType, name))
    }
    if (isEnumType(nullable)) {
      return new EnumName(anyOf(this.#dice, nullable.getValues())?.name ?? 'NONE')
    }
    if (isInputObjectType(nullable)) {
      const isWhole = nullable.name === 'DateRange' && !this.#dice.oneIn(8)
      const fields = Object.values(nullable.getFields()).filter(
        each => isWhole || isRequired(each) || this.#dice.oneIn(4),
      )
      return Object.fromEntries(fields.map(each => [each.name, this.#value(each.type, each.name)]))
    }
    return this.#leaf(nullable.name, name)
  }

  #leaf(type: string, name: string): unknown {
    if (type === 'Int') return this.#dice.between(1, name === 'p' ? 99 : 3)
    if (type === 'Float') return this.#dice.between(0, 100) / 2
    if (type === 'Boolean') return this.#dice.oneIn(2)
    if (type === 'Date') return `2026-11-${this.#dice.between(12, 17) + (name === 'to' ? 6 : 0)}`
    if (type === '_Any') return { __typename: 'RemoteRecord', csId: String(this.#csId()) }
    return this.#dice.oneIn(8) ? CANARY : String(this.#csId())
  }

  #csId(): number {
    return this.#dice.between(995, 1065)
  }

  #wrong(): unknown {
    return anyOf(this.#dice, [
      null,
      CANARY,
      '',
      -1,
      2 ** 40,
      1.5,
      true,
      [CANARY],
      { from: CANARY },
      ODD_KEY,
    ])
  }

  #directive(): string {
    if (!this.#dice.oneIn(10)) return ''
    return `@${this.#dice.oneIn(2) ? 'skip' : 'include'}(if: ${this.#dice.oneIn(2)})`
  }
}

const isRequired = ({ type }: { readonly type: GraphQLInputType }) => String(type).endsWith('!')

/** A literal without quotes, which is a text in JSON. */
class EnumName {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  toJSON(): string {
    return this.name
  }
}

function literalOf(value: unknown): string {
  if (value instanceof EnumName) return value.name
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value).map(([name, each]) => `${name}: ${literalOf(each)}`)}}`
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
