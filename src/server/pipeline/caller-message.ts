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

/** A name can be as long as a document, and several may be in one sentence. */
const MOST_CHARACTERS = 500

/**
 * What a caller may read of an error. It has no value of the caller: answers end up in logs and
 * reports of others. `suggests` keeps the names of the graph that are nearly one in the document.
 */
export function messageFor(message: string, suggests: boolean): string {
  const named = withoutOddKey(suggests ? message : withoutSuggestion(message))
  const whole = withoutEnumValue(named)
  // A value may be as long as a document, and made so that a pattern tries each place of it.
  const start = whole.slice(0, 2 * MOST_CHARACTERS)
  const before = BEFORE_VALUES.map(pattern => pattern.exec(start)?.[0]).find(Boolean)
  const sentence = before ? `${before}.` : whole
  return sentence.length > MOST_CHARACTERS ? `${sentence.slice(0, MOST_CHARACTERS)}…` : sentence
}

function withoutSuggestion(message: string): string {
  const at = message.endsWith('?') ? message.lastIndexOf(' Did you mean ') : -1
  return at === -1 ? message : message.slice(0, at)
}

/** `Value "secret" does not exist in "RecordOrder" enum.` */
function withoutEnumValue(message: string): string {
  const from = message.indexOf('Value "')
  const to = message.lastIndexOf('" does not exist in "')
  return from === -1 || to < from
    ? message
    : `${message.slice(0, from)}The value${message.slice(to + 1)}`
}

/**
 * `Field "secret of 138" is not defined by type "DateRange".` In a document it is a name, but in variables
 * it may be any text.
 */
function withoutOddKey(message: string): string {
  const from = message.indexOf('Field "')
  const to = message.lastIndexOf('" is not defined by type "')
  if (from === -1 || to < from) return message
  const key = message.slice(from + 'Field "'.length, to)
  return NAME.test(key)
    ? message
    : `${message.slice(0, from)}A field that has no name${message.slice(to + 1)}`
}

const NAME = /^[_A-Za-z]\w*$/
