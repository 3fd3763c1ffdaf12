/** For how long at least one of an operation's upstream calls was under way. */
export class UpstreamClock {
  #underWay = 0
  #startedAtMs = 0
  #totalMs = 0

  begin(): void {
    if (this.#underWay === 0) this.#startedAtMs = performance.now()
    this.#underWay += 1
  }

  end(): void {
    this.#underWay -= 1
    if (this.#underWay === 0) this.#totalMs += performance.now() - this.#startedAtMs
  }

  get totalMs(): number {
    return this.#totalMs
  }
}
