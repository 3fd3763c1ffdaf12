import { wholeNumber } from './kinds.ts'

/** The largest document that runs if it is not trusted. */
export interface DocumentLimits {
  readonly bytes: number
  readonly tokens: number
  /** Fields within each other. */
  readonly depth: number
  /** Fragments within each other. */
  readonly fragmentDepth: number
  readonly rootFields: number
  readonly fields: number
  readonly aliases: number
  readonly directives: number
  readonly repeatedFields: number
  /** Fields of its answer, in all objects together; an error counts as twenty. */
  readonly answerFields: number
}

/** The largest values that a request may have beside its document. */
export interface InputLimits {
  /** How deep its JSON may be nested. */
  readonly jsonDepth: number
  /** How many values a list in its variables may have. */
  readonly listValues: number
  /** How long a text in its variables may be. */
  readonly textBytes: number
}

export const LIMIT_VARIABLES = {
  MAX_DOCUMENT_KIB: wholeNumber(1, 10_240, 64),
  MAX_TOKENS: wholeNumber(1, 100_000, 1000),
  MAX_DEPTH: wholeNumber(1, 1000, 10),
  MAX_FRAGMENT_DEPTH: wholeNumber(1, 1000, 30),
  MAX_ROOT_FIELDS: wholeNumber(1, 100_000, 15),
  MAX_FIELDS: wholeNumber(1, 100_000, 1000),
  MAX_ALIASES: wholeNumber(0, 100_000, 100),
  MAX_DIRECTIVES: wholeNumber(0, 100_000, 50),
  MAX_REPEATED_FIELDS: wholeNumber(0, 100_000, 100),
  MAX_ANSWER_FIELDS: wholeNumber(1, 100_000_000, 100_000),
  MAX_JSON_DEPTH: wholeNumber(3, 1000, 20),
  MAX_LIST_VALUES: wholeNumber(1, 100_000, 1000),
  MAX_TEXT_KIB: wholeNumber(1, 10_240, 4),
}

type LimitVariables = { readonly [Name in keyof typeof LIMIT_VARIABLES]: number }

export const toDocumentLimits = (variables: LimitVariables): DocumentLimits => ({
  bytes: variables.MAX_DOCUMENT_KIB * 1024,
  tokens: variables.MAX_TOKENS,
  depth: variables.MAX_DEPTH,
  fragmentDepth: variables.MAX_FRAGMENT_DEPTH,
  rootFields: variables.MAX_ROOT_FIELDS,
  fields: variables.MAX_FIELDS,
  aliases: variables.MAX_ALIASES,
  directives: variables.MAX_DIRECTIVES,
  repeatedFields: variables.MAX_REPEATED_FIELDS,
  answerFields: variables.MAX_ANSWER_FIELDS,
})

export const toInputLimits = (variables: LimitVariables): InputLimits => ({
  jsonDepth: variables.MAX_JSON_DEPTH,
  listValues: variables.MAX_LIST_VALUES,
  textBytes: variables.MAX_TEXT_KIB * 1024,
})
