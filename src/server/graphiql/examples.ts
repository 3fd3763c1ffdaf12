import { AGENTS_MONTH } from './agents-month.ts'
import * as queries from './example-queries.ts'

/** A question that people have, as an operation that runs as it is. */
export interface Example {
  /** The name of its operation. */
  readonly name: string
  readonly title: string
  readonly chineseTitle: string
  /** What one learns from it, in a sentence. */
  readonly about: string
  readonly query: string
  /** As JSON. */
  readonly variables?: string
  /** Whether a tab is open with it at the first visit. All are in the list of examples. */
  readonly isTab: boolean
}

interface ExampleOptions {
  /** Whether it is known which agents and clients there are. */
  readonly isMadeUp: boolean
  /** Days in China, such as `2017-08-27`. */
  readonly today: string
  readonly twoDaysAgo: string
  readonly weekAgo: string
  readonly monthAgo: string
}

/** In the order in which they are shown. */
export const createExamples = (options: ExampleOptions): Example[] => [
  ...createTabs(options).map(example => ({ ...example, isTab: true })),
  ...createOthers(options).map(example => ({ ...example, isTab: false })),
]

type BareExample = Omit<Example, 'isTab'>

/** First what people ask, then what programs ask, and what it costs. */
const createTabs = ({
  isMadeUp,
  today,
  twoDaysAgo,
  weekAgo,
  monthAgo,
}: ExampleOptions): BareExample[] => [
  {
    name: 'OpenToday',
    title: 'Open today',
    chineseTitle: '今天未完成',
    about: 'Who waits or is being served now, those who wait longest first.',
    query: queries.openOn(today),
  },
  {
    name: 'UnresolvedThisWeek',
    title: 'Unresolved',
    chineseTitle: '本周未解决',
    about: 'What the last seven days left unresolved, and what was tried.',
    query: queries.unresolved(weekAgo, today),
  },
  {
    name: 'BadlyRated',
    title: 'Badly rated',
    chineseTitle: '差评',
    about: 'Bad ratings of a month: why, and what was said in the chat.',
    query: queries.badlyRated(monthAgo, today),
  },
  {
    name: 'AgentsDay',
    title: "An agent's day",
    chineseTitle: '客服的一天',
    about: 'What one agent did on a day, how long it took, and how it was rated.',
    query: queries.AGENTS_DAY,
    variables: toText({ servicerId: isMadeUp ? '201' : 'SERVICER_ID', day: twoDaysAgo }),
  },
  {
    name: 'AgentsMonth',
    title: "Agent's month",
    chineseTitle: '客服月报',
    about: 'What one agent did in a month, how long it took, what it earned, how it was rated.',
    query: AGENTS_MONTH,
    variables: toText({
      servicerId: isMadeUp ? '201' : 'SERVICER_ID',
      days: { from: monthAgo, to: today },
    }),
  },
  {
    name: 'ClientsHistory',
    title: "A client's history",
    chineseTitle: '客户历史',
    about: 'What a client had in a month, how it was solved, and how it was rated.',
    query: queries.clientsHistory(monthAgo, today),
    variables: toText({ client: isMadeUp ? '344754163' : 'UNIQUE_NUMBER' }),
  },
  {
    name: 'Turnover',
    title: 'Turnover',
    chineseTitle: '营业额',
    about: 'What the last seven days earned, by day and by agent.',
    query: queries.turnover(weekAgo, today),
  },
  {
    name: 'EverythingThenNew',
    title: 'Everything, then new',
    chineseTitle: '全量与增量',
    about: 'For programs: all records page by page, and later only those since the last page.',
    query: queries.EVERYTHING_THEN_NEW,
    variables: toText({ after: null }),
  },
  {
    name: 'WhatItCosts',
    title: 'What it costs',
    chineseTitle: '费用',
    about: 'How many calls of the upstream an answer takes, before and after.',
    query: queries.WHAT_IT_COSTS,
  },
]

const createOthers = ({ twoDaysAgo }: ExampleOptions): BareExample[] => [
  {
    name: 'OneRecordWhole',
    title: 'One record, whole',
    chineseTitle: '一条完整记录',
    about: 'A record with all there is to it: its chat, its summary, its price.',
    query: queries.whole(twoDaysAgo),
  },
  {
    name: 'ChatsAndSummaries',
    title: 'Chats and summaries',
    chineseTitle: '聊天与总结',
    about: 'What was said first, and what the agent wrote down at the end.',
    query: queries.chats(twoDaysAgo),
  },
]

const toText = (variables: object) => JSON.stringify(variables, null, 2)
