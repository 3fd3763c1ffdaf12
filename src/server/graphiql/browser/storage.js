// Other servers run at this address at other times, and GraphiQL's own names would mix their tabs
// with these.
const PREFIX = 'bangwo8:'

/** What the browser keeps for this page alone; null if it keeps nothing. */
export const storage = open()

function open() {
  try {
    return prefixed(globalThis.localStorage)
  } catch {
    return null
  }
}

function prefixed(kept) {
  const ownKeys = () => Object.keys(kept).filter(key => key.startsWith(PREFIX))
  return {
    getItem: key => kept.getItem(PREFIX + key),
    setItem: (key, value) => kept.setItem(PREFIX + key, value),
    removeItem: key => kept.removeItem(PREFIX + key),
    clear() {
      for (const key of ownKeys()) kept.removeItem(key)
    },
    get length() {
      return ownKeys().length
    },
  }
}

/** What is kept under a key as JSON; the fallback if there is nothing of the kind. */
export function read(key, fallback) {
  try {
    return JSON.parse(storage?.getItem(key) ?? 'null') ?? fallback
  } catch {
    return fallback
  }
}

/** Keeps a value, unless the browser has no room for it. */
export function keep(key, value) {
  try {
    storage?.setItem(key, JSON.stringify(value))
  } catch {
    // It is for comfort only.
  }
}
