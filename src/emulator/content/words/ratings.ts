import type { NonEmpty } from '../../random.ts'

export const PRAISE: NonEmpty<string> = [
  '',
  '',
  '',
  '服务态度很好,问题解决得很快',
  '很专业,点赞',
  '工程师很耐心',
  '非常满意',
]

export const LUKEWARM: NonEmpty<string> = ['一般', '等待时间有点长', '解决了,但是过程比较慢']

export const COMPLAINTS: NonEmpty<string> = [
  '问题没有解决,浪费了一个小时',
  '等了半天才有人接入',
  '同样的问题反复出现,希望彻底解决',
  '态度敷衍,不满意',
]

export const UNSOLVED: NonEmpty<string> = [
  '',
  '未解决,已转二线工程师跟进',
  '客户临时有事中断,约定下次继续处理',
  '需要研发修复,已登记缺陷',
]
