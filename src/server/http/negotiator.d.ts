// The types that others publish for it lack `preferred`, which came later.
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { readonly headers: { readonly [name: string]: string | undefined } })
    /** The accepted ones of `available`, the best first; those that are equal in preferred order. */
    encodings<Encoding extends string>(
      available: readonly Encoding[],
      options: { readonly preferred: readonly Encoding[] },
    ): Encoding[]
  }
}
