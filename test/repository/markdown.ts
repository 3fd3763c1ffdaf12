interface Fence {
  readonly language: string
  readonly text: string
}

/** A Markdown file, as far as a test wants to look into it. A comment in a block is no heading. */
export class Markdown {
  readonly #source: string
  readonly #prose: string

  constructor(source: string) {
    this.#source = source
    this.#prose = source.replace(FENCE, '')
  }

  /** What stands below a heading, up to the next one of the same level or a higher one. */
  section(heading: string): Markdown {
    const [line = '', marks = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(this.#source) ?? []
    const [, below = ''] = this.#source.split(`\n${line}\n`)
    const prose = below.replace(FENCE, fence => fence.replace(/^#/gm, ' '))
    const next = new RegExp(`^#{1,${marks.length}} `, 'm').exec(prose)
    return new Markdown(below.slice(0, next?.index))
  }

  get text(): string {
    return this.#source
  }

  get fences(): Fence[] {
    return [...this.#source.matchAll(FENCE)].map(([, language = '', text = '']) => ({
      language,
      text,
    }))
  }

  /** The first fenced block in a language; throws where there is none. */
  fence(language: string): string {
    const found = this.fences.find(each => each.language === language)
    if (!found) throw new Error(`no block of ${language}`)
    return found.text
  }

  get codeSpans(): string[] {
    return codeSpansOf(this.#prose)
  }

  /** What links lead to. */
  get linkTargets(): string[] {
    return [...this.#prose.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
  }

  /** The fragments by which headings are linked to. */
  get anchors(): string[] {
    return [...this.#prose.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading = '']) =>
        `#${heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-')}`,
    )
  }

  /** The cells of the first table, without its heading. */
  get rows(): string[][] {
    const [table = ''] = /^\|.*\n\|[-|]+\n(?:\|.*\n)+/m.exec(this.#prose) ?? []
    const [, , ...lines] = table.trim().split('\n')
    return lines.map(line =>
      line
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim()),
    )
  }
}

/** Of the first table: its rows by the code span that begins each. */
export const rowNamesOf = ({ rows }: Markdown): string[] =>
  rows.flatMap(([name = '']) => codeSpansOf(name).slice(0, 1))

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm

export const codeSpansOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
