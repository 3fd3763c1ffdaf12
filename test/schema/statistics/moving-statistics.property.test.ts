import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'

const BY_COMPANY = `{
  remoteRecordStatistics(createdOn: { from: "2026-01-01", to: "2026-12-31" }) {
    byCompany(first: 1000) { companyName count }
  }
}`

const FIRST_CS_ID = 1000

const upstream = fc.record({
  size: fc.integer({ min: 1, max: 60 }),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  maxPerPage: fc.constantFrom(7, 10, 20),
})

/** Before a call is answered, a record goes or a new one comes; nothing happens before most calls. */
const change = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  fc.nat({ max: 59 }),
  fc.constant('newest' as const),
)

interface Group {
  readonly companyName: string
  readonly count: number
}

test('each record that exists throughout is counted once, while others come and go', async () => {
  const changes = fc.array(change, { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(upstream, changes, async ({ size, ...options }, coming) => {
      await using gateway = await startGateway({
        ...options,
        recordCount: 0,
        firstCsId: FIRST_CS_ID,
      })
      const { emulator } = gateway
      // A company for each record: its group says how often the record was counted.
      const insert = () => {
        const companyName = `公司 ${names.length}`
        names.push(companyName)
        emulator.insertRecord({ fields: { companyName } })
      }
      const names: string[] = []
      for (let record = 0; record < size; record++) insert()
      const throughout = new Set(names)
      const next = coming[Symbol.iterator]()
      emulator.beforeAnswer = () => {
        const { value } = next.next()
        if (value === 'newest') insert()
        else if (value !== undefined && emulator.deleteRecord(FIRST_CS_ID + value))
          throughout.delete(names[value] ?? '')
      }
      const { data, failures } = await gateway.ask(BY_COMPANY)
      expect(failures).toEqual([])
      const groups: readonly Group[] = data.remoteRecordStatistics.byCompany
      expect(groups.filter(({ count }) => count !== 1)).toEqual([])
      const counted = new Set(groups.map(({ companyName }) => companyName))
      expect([...throughout.difference(counted)]).toEqual([])
      expect([...counted.difference(new Set(names))]).toEqual([])
    }),
    { numRuns: 100 },
  )
})
