/**
 * Where a sentence of graphql-js goes on with a value of the caller: what stands before it is kept. It
 * ends with the value, or with what is nested in that.
 */
const BEFORE_VALUES: readonly RegExp[] = [
  // `Int cannot represent non-integer value: "secret"`, of a document or of variables.
  /^[\s\S]*? cannot represent (?:a )?(?:non[- ][\w -]+)?value(?=: )/,
  // `Expected value of type "Int", found {secret: 1}; …`
  /^Expected value of type "[^"]*"(?=, found )/,
  // `Argument "first" has invalid value [1].`
  /^Argument "[^"]*" has invalid value(?= )/,
  // `Syntax Error: Expected Name, found String "secret".`
  /^Syntax Error: [\s\S]*?(?:String|BlockString|Int|Float)(?= ")/,
  // `Syntax Error: Invalid number, expected digit but got: "s".`
  /^Syntax Error: (?:Invalid|Unexpected) [^:]*?(?=(?:,? but got)?: )/,
]

/** `Value "secret" does not exist in "RecordOrder" enum.` */
const UNKNOWN_ENUM_VALUE = /Value "[\s\S]*" (?=does not exist in "\w+" enum)/

const SUGGESTION = / Did you mean [\s\S]*\?$/

/** A name can be as long as a document, and several may be in one sentence. */
const MOST_CHARACTERS = 500

/**
 * What a caller may read of an error. It has no value of the caller: answers end up in logs and
 * reports of others. `suggests` keeps the names of the graph that are nearly one in the document.
 */
export function messageFor(message: string, suggests: boolean): string {
  const shown = suggests ? message : message.replace(SUGGESTION, '')
  const before = BEFORE_VALUES.map(pattern => pattern.exec(shown)?.[0]).find(Boolean)
  const sentence = before ? `${before}.` : shown.replace(UNKNOWN_ENUM_VALUE, 'The value ')
  return sentence.length > MOST_CHARACTERS ? `${sentence.slice(0, MOST_CHARACTERS)}…` : sentence
}
