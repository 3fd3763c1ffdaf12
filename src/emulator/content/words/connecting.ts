import type { ProblemTopic } from './problem.ts'

export const CONNECTING: ProblemTopic = {
  label: '网络与远程',
  children: [
    {
      label: '连接异常',
      children: [
        {
          label: '连不上服务器',
          cases: [
            {
              note: '分公司的电脑连不上总部服务器,提示连接超时',
              question: '分公司其他电脑可以连吗?能打开网页吗?',
              reply: '都连不上,网页可以打开',
              advice: '可能是总部防火墙没有放行,我检查一下端口',
              solution: '在总部防火墙放行业务端口,分公司连接恢复',
            },
            {
              note: '重启服务器之后客户端提示无法连接数据库',
              question: '服务器上的数据库服务启动了吗?',
              reply: '不知道在哪里看',
              advice: '我远程到服务器看一下服务状态',
              solution: '启动数据库服务并改为自动启动,客户端恢复正常',
            },
          ],
        },
        {
          label: '经常掉线',
          cases: [
            {
              note: '用无线网办公,软件每隔十几分钟就掉线一次',
              question: '用网线连接的时候也会掉线吗?',
              reply: '用网线没有掉过',
              advice: '是无线信号不稳定,建议改用网线,同时关闭网卡节能',
              solution: '关闭无线网卡节能模式,财务电脑改为有线连接',
            },
          ],
        },
      ],
    },
    {
      label: '运行速度',
      children: [
        {
          label: '打开缓慢',
          cases: [
            {
              note: '最近软件打开特别慢,要等两三分钟',
              question: '电脑最近装过杀毒软件吗?',
              reply: '上周公司统一装了一个',
              advice: '把软件目录加到信任区试试',
              solution: '将安装目录加入杀毒软件信任区,启动恢复到十秒以内',
            },
          ],
        },
        {
          label: '查询卡顿',
          cases: [
            {
              note: '查询往年的明细账就卡住不动',
              question: '查询的时候服务器的内存占用高吗?',
              reply: '内存 95% 了',
              advice: '服务器内存不足,先把占用高的程序关掉',
              solution: '限制数据库最大内存并关闭无关程序,建议增加内存',
            },
          ],
        },
      ],
    },
    {
      label: '远程工具',
      children: [
        {
          label: '邀请码无效',
          cases: [
            {
              note: '输入邀请码后提示邀请码无效,远程连不上',
              question: '邀请码是刚刚生成的吗?有效期只有十分钟',
              reply: '是早上同事发给我的',
              advice: '已经过期了,我重新发一个给您',
              solution: '重新生成邀请码,远程连接成功',
            },
          ],
        },
        {
          label: '远程黑屏',
          cases: [
            {
              note: '远程连上以后一直是黑屏,只有鼠标在动',
              question: '被控电脑的显示器是不是关了或者锁屏了?',
              reply: '是服务器,没有接显示器',
              advice: '没有接显示器会黑屏,我换一种模式连接',
              solution: '更换显示驱动模式后重新连接,画面正常',
            },
          ],
        },
      ],
    },
  ],
}
