import { wallClock } from '../china-time.ts'

declare global {
  interface JSON {
    rawJSON(text: string): object
  }
}

export const ZERO_TIME = '0000-00-00 00:00:00'

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)

const minutesAndSeconds = (date: Date) =>
  `${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`

/** `2017-08-27 09:05:07` */
export function paddedTime(instantMs: number): string {
  const date = wallClock(instantMs)
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  return `${day} ${two(date.getUTCHours())}:${minutesAndSeconds(date)}`
}

/** `2017-8-27 9:05:07` */
export function unpaddedTime(instantMs: number): string {
  const date = wallClock(instantMs)
  const day = `${date.getUTCFullYear()}-${date.getUTCMonth() + 1}-${date.getUTCDate()}`
  return `${day} ${date.getUTCHours()}:${minutesAndSeconds(date)}`
}

/** `2017-08-27` */
export const paddedDay = (instantMs: number): string => paddedTime(instantMs).slice(0, 10)

/** `234.00`, of an amount in hundredths. */
export const decimalText = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${two(hundredths % 100)}`

/** A number that `JSON.stringify` writes exactly as spelt, trailing zeros included. */
export const literalNumber = (text: string): object => JSON.rawJSON(text)
