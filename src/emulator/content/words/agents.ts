import type { NonEmpty } from '../../random.ts'

export interface Agent {
  readonly id: number
  readonly name: string
  /** How many of each 32 records fall to this agent. */
  readonly share: number
}

/** The shares add up to 32. */
export const AGENTS: NonEmpty<Agent> = [
  { id: 201, name: '王磊', share: 5 },
  { id: 202, name: '李静', share: 5 },
  { id: 203, name: '张伟', share: 4 },
  { id: 204, name: '刘洋', share: 4 },
  { id: 205, name: '陈晓燕', share: 4 },
  { id: 206, name: '杨帆', share: 3 },
  { id: 207, name: '赵敏', share: 3 },
  { id: 208, name: '黄志强', share: 2 },
  { id: 211, name: '周婷婷', share: 1 },
  { id: 215, name: '吴昊', share: 1 },
]
