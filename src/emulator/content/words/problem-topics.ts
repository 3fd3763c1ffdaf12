import type { NonEmpty } from '../../random.ts'
import { ACCOUNTING } from './accounting.ts'
import { CONNECTING } from './connecting.ts'
import { INSTALLING } from './installing.ts'
import { PRINTING } from './printing.ts'
import type { ProblemTopic } from './problem.ts'
import { SIGNING_IN } from './signing-in.ts'
import { STOCK } from './stock.ts'

export const TOPICS: NonEmpty<ProblemTopic> = [
  INSTALLING,
  SIGNING_IN,
  ACCOUNTING,
  STOCK,
  PRINTING,
  CONNECTING,
]
