import { expect, test } from 'vitest'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { read, serviceSummary, startAtNow } from '../calling.ts'

interface SummaryBody {
  readonly status: string
  readonly message: string
  readonly data?: {
    serviceSummary: {
      ticketTemplateName: string
      custom_fields: { key: string; value: string | null }[]
    }
  }
}

const summary = (emulator: Emulator, csId: number, query = '') =>
  read<SummaryBody>(emulator, serviceSummary(csId) + query)

const summaries = (emulator: Emulator, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => summary(emulator, 1000 + at)))

test('a summary is filled in, without a template, or not filled in', async () => {
  await using emulator = await startAtNow()
  const bodies = await summaries(emulator, 100)
  const messages = new Map(bodies.map(body => [body.status, body.message]))
  expect(messages).toEqual(
    new Map([
      ['200', 'Successful'],
      ['120001', 'No service summary template'],
      ['120002', 'No service summary information'],
    ]),
  )
  for (const body of bodies) expect(body.data !== undefined).toBe(body.status === '200')
})

test('each type has its own template; without a type it is remote assistance', async () => {
  await using emulator = await startAtNow()
  const nameOf = async (type: number) => {
    for (let csId = 1000; ; csId++) {
      const { data } = await summary(emulator, csId, `?servicesummary_type=${type}`)
      if (data) return data.serviceSummary.ticketTemplateName
    }
  }
  const names = await Promise.all([1, 2, 3].map(nameOf))
  expect(names).toEqual(['在线客服服务总结', '呼叫中心服务总结', '远程协助服务总结'])
  expect(await summary(emulator, 1000)).toEqual(
    await summary(emulator, 1000, '?servicesummary_type=3'),
  )
})

test('a field may hold several download addresses, separated by commas', async () => {
  await using emulator = await startAtNow()
  const fields = (await summaries(emulator, 100)).flatMap(
    body => body.data?.serviceSummary.custom_fields ?? [],
  )
  const attachments = fields.filter(field => field.key === 'field_4')
  const counts = attachments.map(field => field.value?.split(',').length ?? 0)
  expect(new Set(counts)).toEqual(new Set([1, 2, 3]))
  for (const url of attachments.flatMap(field => field.value?.split(',') ?? []))
    expect(new URL(url).protocol).toBe('https:')
})
