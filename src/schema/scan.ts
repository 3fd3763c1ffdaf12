import type { ScanProgress } from '../loaders/scans/filtered-connection.ts'
import { builder } from './builder.ts'

export const Scan = builder.objectRef<ScanProgress>('Scan').implement({
  cost: 0,
  description:
    'How far a page under a filter has looked. The upstream knows no such filter: its records are looked at one by one.',
  fields: t => ({
    recordsRead: t.exposeInt('recordsRead', {
      nullable: false,
      description:
        'How many records were looked at. Those of all pages of a walk are together the records of the list.',
    }),
    callsMade: t.exposeInt('callsMade', {
      nullable: false,
      description: 'How many upstream calls it took, those that other fields of it share included.',
    }),
    isComplete: t.exposeBoolean('isComplete', {
      nullable: false,
      description:
        'Whether the page has as many records as were wanted, or the list ended. False if the calls of the operation were used up before, or the upstream failed on the way: then go on from `endCursor`.',
    }),
  }),
})
