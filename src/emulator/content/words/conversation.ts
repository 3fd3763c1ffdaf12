import type { NonEmpty } from '../../random.ts'

export const GREETINGS: NonEmpty<string> = [
  '您好,很高兴为您服务,请问有什么可以帮您?',
  '您好,这里是技术支持,请问遇到什么问题了?',
  '您好,请描述一下您遇到的问题',
  '您好,工程师已接入,请讲',
]

export const CONFIRMATIONS: NonEmpty<string> = [
  '可以了,现在正常了',
  '好了好了,已经能用了',
  '试了一下,没有问题了',
  '嗯,恢复正常了',
]

export const REFUSALS: NonEmpty<string> = [
  '还是不行,提示跟之前一样',
  '没有解决,重启也不行',
  '现在还是用不了,比较着急',
]

export const CLOSINGS: NonEmpty<string> = [
  '好的,后面有问题随时联系我们,麻烦给个评价,谢谢',
  '不客气,祝您工作愉快,再见',
  '好的,那我先断开远程了,有问题再联系',
]

export const ESCALATIONS: NonEmpty<string> = [
  '这个问题我已经登记,转给二线工程师跟进,会尽快给您回电',
  '需要研发分析一下日志,有结果第一时间联系您',
]

export const THANKS: NonEmpty<string> = ['谢谢', '好的,谢谢您', '辛苦了,谢谢', '非常感谢,很专业']

export const REGRETS: NonEmpty<string> = ['好吧,请尽快处理', '麻烦快一点,我们等着用', '知道了']

/** What is said while the work goes on: the agent's line, then the client's. */
export const EXCHANGES: NonEmpty<readonly [agent: string, client: string]> = [
  ['请稍等,我看一下', '好的'],
  ['方便的话请打开帮我吧客户端,把 9 位 ID 发给我', '发给您了'],
  ['我这边发起远程了,请点一下同意', '已经同意了'],
  ['麻烦您把报错的截图发一下', '稍等,我截个图'],
  ['请您先保存一下正在做的单据', '已经保存了'],
  ['我先做一个数据备份,大概需要几分钟', '好的,不着急'],
  ['备份完成了,现在开始处理', '嗯嗯'],
  ['请问其他电脑有同样的问题吗?', '我问一下同事'],
  ['这一步需要重启一下软件', '好的,您操作吧'],
  ['您那边看到弹出的窗口了吗?', '看到了'],
  ['请输入一下您的密码,我不看屏幕', '输好了'],
  ['现在正在检查数据,请先不要操作', '收到'],
  ['请再登录一次试试', '我试试看'],
  ['这个选项以后可以不用勾选', '明白了'],
  ['我再确认一下另外一个模块', '好的,您看'],
  ['进度到 80% 了,马上就好', '好'],
]
