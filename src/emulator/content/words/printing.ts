import type { ProblemTopic } from './problem.ts'

export const PRINTING: ProblemTopic = {
  label: '打印与导出',
  children: [
    {
      label: '打印机问题',
      children: [
        {
          label: '无法打印',
          cases: [
            {
              note: '点打印没有反应,别的文件可以正常打印',
              question: '软件里选的是哪台打印机?',
              reply: '显示的是以前的旧打印机',
              advice: '把默认打印机换成现在这台就行',
              solution: '在打印设置中更换默认打印机,打印恢复',
            },
          ],
        },
        {
          label: '格式错位',
          cases: [
            {
              note: '针式打印机打出库单,内容整体往下偏了两行',
              question: '最近换过纸张或者打印机吗?',
              reply: '换了新的三联纸',
              advice: '纸张高度不一样,我帮您新建一个纸张规格',
              solution: '按新三联纸尺寸新建纸张规格并校准偏移,打印对齐',
            },
          ],
        },
      ],
    },
    {
      label: '套打模板',
      children: [
        {
          label: '模板丢失',
          cases: [
            {
              note: '重装软件后以前设计的套打模板没有了',
              question: '旧电脑或者备份里还有模板文件吗?',
              reply: '旧硬盘还在',
              advice: '把旧硬盘接上,我从里面把模板找回来',
              solution: '从旧硬盘导出模板文件并导入新系统,模板恢复',
            },
          ],
        },
        {
          label: '金额不显示',
          cases: [
            {
              note: '发货单打印出来没有大写金额',
              question: '模板里有大写金额这个字段吗?',
              reply: '不清楚,模板是以前的同事做的',
              advice: '我打开模板设计看一下,给您加上',
              solution: '在模板中增加大写金额字段,打印显示正确',
            },
          ],
        },
      ],
    },
    {
      label: '数据导出',
      children: [
        {
          label: '导出失败',
          cases: [
            {
              note: '明细账导出 Excel 到一半就报错',
              question: '一次导出的数据大概多少行?',
              reply: '全年的,大概十几万行',
              advice: '数据量太大,可以按月分开导出',
              solution: '按月份分批导出,并安装 64 位办公软件组件',
            },
          ],
        },
        {
          label: '导出乱码',
          cases: [
            {
              note: '导出的 CSV 文件用表格软件打开都是乱码',
              question: '您是直接双击打开的吗?',
              reply: '对,直接双击的',
              advice: '编码不一样,用数据导入的方式打开就好',
              solution: '指导客户以 UTF-8 编码导入文件,中文显示正常',
            },
          ],
        },
      ],
    },
  ],
}
