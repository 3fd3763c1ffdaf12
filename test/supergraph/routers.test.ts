import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CompanyGraph, callsByRequest, startCompanyGraph } from './company-graph.ts'
import { areRoutersInstalled, HOW_TO_INSTALL, ROUTER_NAMES } from './router.ts'

beforeEach(({ skip }) => {
  if (!areRoutersInstalled()) skip(HOW_TO_INSTALL)
})

describe.each(ROUTER_NAMES)('behind the router %s', router => {
  let graph: CompanyGraph

  beforeAll(async () => {
    if (areRoutersInstalled()) graph = await startCompanyGraph(router)
  })
  afterAll(() => graph?.[Symbol.asyncDispose]())

  it('tickets lead to their records, and these to their chats', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(`{
      tickets(first: 2) {
        subject
        remoteRecord { csId startedAt chatMessages(first: 2) { nodes { text } } }
      }
    }`)
    expect(errors).toEqual([])
    expect(data.tickets).toEqual([
      {
        subject: '远程协助:苏州瑞丰机械制造有限公司',
        remoteRecord: {
          csId: '2719',
          startedAt: '2026-11-20T23:21:49+08:00',
          chatMessages: {
            nodes: [
              { text: '您好,请描述一下您遇到的问题' },
              { text: '月末结账提示还有未记账凭证,可是找不到' },
            ],
          },
        },
      },
      {
        subject: '远程协助:上海嘉禾机械制造有限公司',
        remoteRecord: {
          csId: '2718',
          startedAt: '2026-11-20T22:28:06+08:00',
          chatMessages: {
            nodes: [
              { text: '您好,这里是技术支持,请问遇到什么问题了?' },
              { text: '月底检查发现凭证号不连续,中间断了几个号' },
            ],
          },
        },
      },
    ])
    expect(gateway.emulator.callLines().toSorted()).toEqual([
      'chatrecords/2718 page=1 per_page=100',
      'chatrecords/2719 page=1 per_page=8',
      'chatrecords/2719 page=4 per_page=6',
      'histories page=1 per_page=20',
      'histories page=26 per_page=11',
    ])
    expect(callsByRequest(gateway)).toEqual([5])
  })

  it('records lead to their clients, and these to their companies', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ remoteRecords(first: 3) { nodes { client { uniqueNumber company { name } } } } }',
    )
    expect(errors).toEqual([])
    expect(data.remoteRecords.nodes).toEqual([
      { client: { uniqueNumber: '743528950', company: { name: '成都海纳服饰有限公司' } } },
      { client: { uniqueNumber: '844626054', company: { name: '南京鑫源贸易有限公司' } } },
      { client: { uniqueNumber: '143226206', company: { name: '苏州安捷物流有限公司' } } },
    ])
    expect(gateway.emulator.callLines()).toEqual(['histories page=1 per_page=4'])
  })

  it('companies lead to their clients, without a request to the gateway', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask('{ companies { name clients { uniqueNumber } } }')
    expect(errors).toEqual([])
    expect(data.companies).toContainEqual({
      name: '北京东方明建材有限公司',
      clients: [
        { uniqueNumber: '367363384' },
        { uniqueNumber: '854033533' },
        { uniqueNumber: '300524979' },
        { uniqueNumber: '887684579' },
        { uniqueNumber: '322403907' },
      ],
    })
    expect(callsByRequest(gateway)).toEqual([])
  })

  it('the staff leads to agents, and these to their latest records', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(`{
      staffMembers {
        employeeNumber
        agent { name remoteRecords(first: 1) { nodes { csId } } }
      }
    }`)
    const agent = (name: string, csId: string) => ({ name, remoteRecords: { nodes: [{ csId }] } })
    expect(errors).toEqual([])
    expect(data.staffMembers).toEqual([
      { employeeNumber: 'E100', agent: null },
      { employeeNumber: 'E201', agent: agent('王磊', '2991') },
      { employeeNumber: 'E202', agent: agent('李静', '2993') },
      { employeeNumber: 'E203', agent: agent('张伟', '2989') },
      { employeeNumber: 'E204', agent: agent('刘洋', '2988') },
      { employeeNumber: 'E205', agent: agent('陈晓燕', '2985') },
      { employeeNumber: 'E206', agent: agent('杨帆', '2998') },
      { employeeNumber: 'E207', agent: agent('赵敏', '2999') },
      { employeeNumber: 'E208', agent: agent('黄志强', '2996') },
      { employeeNumber: 'E211', agent: agent('周婷婷', '2997') },
    ])
    const agents = [201, 202, 203, 204, 205, 206, 207, 208, 211]
    const chats = [2985, 2988, 2989, 2991, 2993, 2996, 2997, 2998, 2999]
    expect(gateway.emulator.callLines().toSorted()).toEqual([
      ...agents.map(id => `agent_histories/${id} page=1 per_page=4`),
      ...chats.map(csId => `chatrecords/${csId} page=1 per_page=100`),
    ])
    expect(callsByRequest(gateway)).toEqual([18])
  })

  it('records lead to their agents, and these to the staff', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ remoteRecords(first: 6) { nodes { agent { servicerId staffMember { department } } } } }',
    )
    expect(errors).toEqual([])
    expect(data.remoteRecords.nodes).toEqual([
      { agent: { servicerId: '207', staffMember: { department: '远程支持部' } } },
      { agent: { servicerId: '206', staffMember: { department: '实施部' } } },
      { agent: { servicerId: '211', staffMember: { department: '现场服务部' } } },
      { agent: { servicerId: '208', staffMember: { department: '现场服务部' } } },
      { agent: { servicerId: '207', staffMember: { department: '远程支持部' } } },
      { agent: { servicerId: '215', staffMember: null } },
    ])
    expect(gateway.emulator.callLines()).toEqual(['histories page=1 per_page=7'])
  })

  it('the records of a hundred tickets of one day are one request, and the pages they are on', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ tickets(first: 100) { remoteRecord { csId startedAt } } }',
    )
    expect(errors).toEqual([])
    expect(data.tickets).toEqual(
      Array.from({ length: 100 }, (_, index) => ({
        remoteRecord: {
          csId: String(2719 - index),
          startedAt: expect.stringMatching(/^2026-11-20T/),
        },
      })),
    )
    expect(gateway.emulator.callLines()).toEqual([
      // Tells where the day is.
      'histories page=1 per_page=20',
      'histories page=4 per_page=92',
      'histories page=16 per_page=24',
    ])
    expect(callsByRequest(gateway)).toEqual([3])
  })

  it('the key of a record costs no request to the gateway', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask('{ tickets(first: 2) { remoteRecord { csId } } }')
    expect(errors).toEqual([])
    expect(data.tickets).toEqual([
      { remoteRecord: { csId: '2719' } },
      { remoteRecord: { csId: '2718' } },
    ])
    expect(callsByRequest(gateway)).toEqual([])
  })

  it('nothing is known of a record that is not there, without an error', async () => {
    await using gateway = await graph.startGateway()
    const { data, errors } = await graph.ask(
      '{ ticket(id: "0") { subject remoteRecord { csId startedAt agent { name } } } }',
    )
    expect(errors).toEqual([])
    expect(data.ticket).toEqual({
      subject: '远程协助:广州华晟电子有限公司',
      remoteRecord: { csId: '999', startedAt: null, agent: null },
    })
    // Two pages of the list.
    expect(callsByRequest(gateway)).toEqual([2])
  })
})

it('@apollo/gateway sends the hash of a text that the gateway knows in place of it', async () => {
  await using graph = await startCompanyGraph('apollo', { PERSISTED: 'remote-assistance' })
  await using gateway = await graph.startGateway()
  const ask = () => graph.ask('{ tickets(first: 1) { remoteRecord { csId companyName } } }')
  const first = await ask()
  expect(first.errors).toEqual([])
  expect(first.data.tickets[0].remoteRecord.companyName).toBe('苏州瑞丰机械制造有限公司')
  expect(callsByRequest(gateway)).toEqual([0, expect.any(Number)])
  expect((await ask()).data).toEqual(first.data)
  expect(callsByRequest(gateway)).toHaveLength(3)
})
