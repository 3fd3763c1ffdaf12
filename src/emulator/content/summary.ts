import type { Body } from '../odd/oddities.ts'
import { Dice } from '../random.ts'
import type { CustomField } from './custom-fields.ts'
import type { Service, World } from './service.ts'
import { paddedDay } from './wire-forms.ts'
import { ATTACHMENTS, OUTCOMES, TEMPLATES } from './words/custom-fields.ts'

/** 1 IM, 2 call centre, 3 remote assistance. */
export type SummaryType = keyof typeof TEMPLATES

const NO_TEMPLATE = { status: '120001', message: 'No service summary template' }
const NOT_FILLED_IN = { status: '120002', message: 'No service summary information' }

/** The whole answer about a service's summary, in one of its three states. */
export function summaryAnswer(world: World, service: Service, type: SummaryType): Body {
  const dice = new Dice(world.seed, `summary ${type}`, service.entry.csId)
  const state = dice.below(20)
  if (state < 2) return NO_TEMPLATE
  if (state < 5 || service.session.isOpen) return NOT_FILLED_IN
  const serviceSummary = {
    ticketTemplateName: TEMPLATES[type],
    custom_fields: summaryFields(service, dice),
  }
  return { status: '200', message: 'Successful', data: { serviceSummary } }
}

function summaryFields(service: Service, dice: Dice): CustomField[] {
  const fields: CustomField[] = [
    { key: 'field_1', value: dice.oneIn(50) ? null : service.problem.words.solution },
    { key: 'field_2', value: dice.pick(OUTCOMES) },
  ]
  if (dice.oneIn(3)) fields.push({ key: 'field_3', value: '1' })
  if (dice.oneIn(2)) fields.push({ key: 'field_4', value: attachments(service, dice) })
  return fields
}

/** One to three download URLs, separated by commas. */
function attachments({ entry }: Service, dice: Dice): string {
  const folder = `https://files.example.com/${paddedDay(entry.createdAtMs)}/${entry.csId}`
  const count = dice.between(1, 3)
  const names = Array.from({ length: count }, () => encodeURIComponent(dice.pick(ATTACHMENTS)))
  return names.map((name, at) => `${folder}-${at + 1}/${name}`).join(',')
}
