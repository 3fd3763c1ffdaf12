// The types that others publish for it lack `preferred`, which came later.
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { readonly headers: { readonly [name: string]: string | undefined } })
    /** Those of the available ones that are accepted, best first; where equal, in preferred order. */
    encodings<Encoding extends string>(
      available: readonly Encoding[],
      options: { readonly preferred: readonly Encoding[] },
    ): Encoding[]
  }
}
