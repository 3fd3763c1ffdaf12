const MAX_SHOWN = 40

/** What can be found: types, fields and arguments, each with what is said of it. */
let entries = []

/** Takes an introspected schema. GraphiQL's own search looks at names alone. */
export function searchIn({ types }) {
  const shown = types.filter(({ name }) => !name.startsWith('__'))
  entries = shown.flatMap(type => [
    { name: type.name, description: type.description },
    ...[...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].flatMap(
      member => membersOf(type.name, member),
    ),
  ])
}

function membersOf(owner, { name, description, args = [] }) {
  const coordinate = `${owner}.${name}`
  const asArgument = arg => ({ name: `${coordinate}(${arg.name}:)`, description: arg.description })
  return [{ name: coordinate, description }, ...args.map(asArgument)]
}

/** Those that have all words in their names or descriptions, with the names that do first. */
function found(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hasAll = part => words.every(word => (part ?? '').toLowerCase().includes(word))
  const matching = entries.filter(({ name, description }) => hasAll(`${name} ${description}`))
  return [
    ...matching.filter(({ name }) => hasAll(name)),
    ...matching.filter(each => !hasAll(each.name)),
  ]
}

/** Searches as one types. */
export function setUpSearch() {
  const pane = document.getElementById('search')
  const input = pane.querySelector('input')
  const show = () => {
    const all = found(input.value)
    pane.querySelector('ul').replaceChildren(...all.slice(0, MAX_SHOWN).map(itemOf))
    pane.querySelector('output').textContent =
      all.length > MAX_SHOWN ? `${all.length} found, ${MAX_SHOWN} shown` : countOf(all, input.value)
  }
  input.addEventListener('input', show)
  pane.addEventListener('toggle', ({ newState }) => newState === 'open' && input.focus())
}

const countOf = ({ length }, text) => (text.trim() === '' ? '' : `${length || 'None'} found`)

function itemOf({ name, description }) {
  const item = document.createElement('li')
  const title = document.createElement('b')
  title.textContent = name
  item.append(title, description ?? '')
  return item
}
