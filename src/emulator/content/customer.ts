import { Dice } from '../random.ts'
import { COMPUTERS, FAMILY_NAMES, GIVEN_NAMES, NAMES, PLACES, TRADES } from './words/customers.ts'

/** Who asked for help. A client's number, name and computer are the same in all its records. */
interface Customer {
  /** Nine digits. */
  readonly clientNumber: number
  readonly serviceCardId: number
  readonly companyName: string
  readonly contactor: string
  readonly contactMethod: string
  readonly computerName: string
}

const COMPANIES = 180
const CLIENTS_EACH = 5

export function customerOf(seed: number, csId: number): Customer {
  const choice = new Dice(seed, 'customer', csId)
  const company = choice.below(COMPANIES)
  const dice = new Dice(seed, 'client', company * CLIENTS_EACH + choice.below(CLIENTS_EACH))
  return {
    clientNumber: dice.between(100_000_000, 999_999_999),
    serviceCardId: 3001 + company,
    companyName: companyName(seed, company),
    contactor: dice.pick(FAMILY_NAMES) + dice.pick(GIVEN_NAMES),
    contactMethod: phoneNumber(dice),
    computerName: dice.pick(COMPUTERS),
  }
}

function companyName(seed: number, company: number): string {
  const dice = new Dice(seed, 'company', company)
  return `${dice.pick(PLACES)}${dice.pick(NAMES)}${dice.pick(TRADES)}有限公司`
}

// Made up: no mobile number in China begins with 12, no exchange with 000.
function phoneNumber(dice: Dice): string {
  if (dice.oneIn(6)) return `0${dice.between(20, 29)}-000${dice.between(10_000, 99_999)}`
  return `12${dice.between(100_000_000, 999_999_999)}`
}
