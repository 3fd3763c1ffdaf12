import { Dice } from '../random.ts'
import type { RecordEntry } from '../records/record-list.ts'
import { customFieldsOf } from './custom-fields.ts'
import { customerOf } from './customer.ts'
import { addOddValues } from './odd-values.ts'
import { paymentOf } from './payment.ts'
import type { Level } from './problem-types.ts'
import { createRowForms, type RowForms } from './row-forms.ts'
import { type Service, serviceOf, type World } from './service.ts'
import { paddedTime } from './wire-forms.ts'

/** A record as its JSON object, ready for `JSON.stringify`. */
export type Row = Record<string, unknown>

/** How problem types are given: the v1 lists say ids, the v2 list says labels. */
export type OptionForm = 'ids' | 'labels'

export function recordRow(world: World, entry: RecordEntry, optionForm: OptionForm): Row {
  const row = tidyRow(world, serviceOf(world, entry), optionForm)
  addOddValues(row, new Dice(world.seed, 'oddities', entry.csId), entry.age)
  return Object.assign(row, entry.fields)
}

// In the order of the vendor's page, so that the two can be laid side by side.
function tidyRow(world: World, service: Service, optionForm: OptionForm): Row {
  const { entry, session, problem, outcome } = service
  const forms = createRowForms(new Dice(world.seed, 'forms', entry.csId))
  const customer = customerOf(world.seed, entry.csId)
  const payment = paymentOf(world.seed, entry.csId, session)
  const option = optionWriter(world, forms, optionForm)
  return {
    csId: entry.csId,
    csIdS: sessionId(session.beganAtMs),
    csBTime: forms.time(session.beganAtMs),
    csETime: session.isOpen ? forms.noTime : forms.time(session.lastAtMs),
    csStat: forms.number(session.status),
    csServicerId: forms.number(entry.agentId),
    uniqueNumber: forms.clientNumber(customer.clientNumber),
    csSId: forms.number(customer.serviceCardId),
    csPrice: forms.price(payment.priceFen),
    payStat: forms.number(payment.status),
    payDateTime: payment.paidAtMs === undefined ? forms.noTime : forms.time(payment.paidAtMs),
    companyName: customer.companyName,
    contactor: customer.contactor,
    contactMethod: customer.contactMethod,
    ComputerName: customer.computerName,
    ptId: option(1, problem.optionIds[0]),
    ptChildId: option(2, problem.optionIds[1]),
    ptThird: option(3, problem.optionIds[2]),
    note: problem.words.note,
    ProblemSolution: outcome.solution,
    commentScore: forms.number(outcome.score),
    comment: outcome.comment,
    isFinish: forms.flag(outcome.isSolved),
    ChatRecord: forms.flag(session.messageCount > 0),
    Remote: forms.flag(session.hadRemote),
    TransferFile: forms.flag(session.fileCount > 0),
    FileCount: forms.number(session.fileCount),
    custom_fields: customFieldsOf(world.seed, entry.csId),
    contents: `${world.origin}/api/v1/remoterecord/chatrecords/${entry.csId}.json`,
  }
}

// The page's own example is a time in base64.
const sessionId = (beganAtMs: number) => Buffer.from(paddedTime(beganAtMs)).toString('base64')

function optionWriter({ problemTypes }: World, forms: RowForms, optionForm: OptionForm) {
  return (level: Level, id: number | null) => {
    if (id === null) return null
    return optionForm === 'ids' ? forms.number(id) : problemTypes.label(level, id)
  }
}
