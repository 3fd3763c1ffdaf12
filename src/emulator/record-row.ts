import { customFieldsOf } from './custom-fields.ts'
import { customerOf } from './customer.ts'
import { addOddities } from './oddities.ts'
import { paymentOf } from './payment.ts'
import type { Level } from './problem-types.ts'
import { Dice } from './random.ts'
import type { RecordEntry } from './record-list.ts'
import { createRowForms, type RowForms } from './row-forms.ts'
import { type Service, serviceOf, type World } from './service.ts'
import { paddedTime } from './wire-forms.ts'

/** A record as its JSON object, ready for `JSON.stringify`. */
export type Row = Record<string, unknown>

/** How problem types are given: the v1 lists say ids, the v2 list says labels. */
export type OptionForm = 'ids' | 'labels'

export function recordRow(world: World, entry: RecordEntry, optionForm: OptionForm): Row {
  const service = serviceOf(world, entry)
  const forms = createRowForms(new Dice(world.seed, 'forms', entry.csId))
  const customer = customerOf(world.seed, entry.csId)
  const row: Row = {
    csId: entry.csId,
    ...sessionFields(service, forms),
    uniqueNumber: forms.clientNumber(customer.clientNumber),
    csSId: forms.number(customer.serviceCardId),
    ...paymentFields(world, service, forms),
    companyName: customer.companyName,
    contactor: customer.contactor,
    contactMethod: customer.contactMethod,
    ComputerName: customer.computerName,
    ...problemFields(world, service, forms, optionForm),
    ...outcomeFields(service, forms),
    ...contentFields(world, service, forms),
  }
  addOddities(row, new Dice(world.seed, 'oddities', entry.csId), entry.age)
  return Object.assign(row, entry.fields)
}

const sessionFields = ({ entry, session }: Service, forms: RowForms): Row => ({
  // The page's own example is a time in base64.
  csIdS: Buffer.from(paddedTime(session.beganAtMs)).toString('base64'),
  csBTime: forms.time(session.beganAtMs),
  csETime: session.isOpen ? forms.noTime : forms.time(session.lastAtMs),
  csStat: forms.number(session.status),
  csServicerId: forms.number(entry.agentId),
})

function paymentFields(world: World, { entry, session }: Service, forms: RowForms): Row {
  const payment = paymentOf(world.seed, entry.csId, session)
  return {
    csPrice: forms.price(payment.priceFen),
    payStat: forms.number(payment.status),
    payDateTime: payment.paidAtMs === undefined ? forms.noTime : forms.time(payment.paidAtMs),
  }
}

function problemFields(world: World, service: Service, forms: RowForms, form: OptionForm): Row {
  const { optionIds, words } = service.problem
  const option = (level: Level, id: number) =>
    form === 'ids' ? forms.number(id) : world.problemTypes.label(level, id)
  return {
    ptId: option(1, optionIds[0]),
    ptChildId: option(2, optionIds[1]),
    ptThird: optionIds[2] === null ? null : option(3, optionIds[2]),
    note: words.note,
  }
}

const outcomeFields = ({ outcome }: Service, forms: RowForms): Row => ({
  ProblemSolution: outcome.solution,
  commentScore: forms.number(outcome.score),
  comment: outcome.comment,
  isFinish: forms.number(outcome.isSolved ? 1 : 0),
})

function contentFields(world: World, { entry, session }: Service, forms: RowForms): Row {
  return {
    ChatRecord: forms.number(session.messageCount > 0 ? 1 : 0),
    Remote: forms.number(session.hadRemote ? 1 : 0),
    TransferFile: forms.number(session.fileCount > 0 ? 1 : 0),
    FileCount: forms.number(session.fileCount),
    custom_fields: customFieldsOf(world.seed, entry.csId),
    contents: `${world.origin}/api/v1/remoterecord/chatrecords/${entry.csId}.json`,
  }
}
