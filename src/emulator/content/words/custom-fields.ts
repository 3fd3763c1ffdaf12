import type { NonEmpty } from '../../random.ts'

export const PRODUCTS: NonEmpty<string> = ['财务标准版', '财务专业版', '进销存云版', '人事薪资版']

export const CHANNELS: NonEmpty<string> = ['电话转入', '在线客服', '微信公众号', '客户端发起']

export const OUTCOMES: NonEmpty<string> = ['一次解决', '多次解决', '需要回访', '转交研发']

export const TEMPLATES = {
  1: '在线客服服务总结',
  2: '呼叫中心服务总结',
  3: '远程协助服务总结',
} as const

export const ATTACHMENTS: NonEmpty<string> = [
  '报错截图.png',
  '处理过程.docx',
  '数据备份清单.xlsx',
  '客户确认单.pdf',
]
