import type { ProblemTopic } from './problem.ts'

export const ACCOUNTING: ProblemTopic = {
  label: '财务核算',
  children: [
    {
      label: '凭证处理',
      children: [
        {
          label: '凭证断号',
          cases: [
            {
              note: '月底检查发现凭证号不连续,中间断了几个号',
              question: '是不是删除过凭证?删除后做过整理吗?',
              reply: '上周删了两张,没有整理',
              advice: '作废的凭证要整理一下断号,我带您操作',
              solution: '执行凭证整理,断号自动补齐',
            },
          ],
        },
        {
          label: '借贷不平',
          cases: [
            {
              note: '保存凭证提示借贷不平,差一分钱',
              question: '这张凭证里有外币或者单价计算的分录吗?',
              reply: '有一行是按汇率折算的',
              advice: '是汇率折算的尾差,调整那一行的金额就可以',
              solution: '调整外币折算尾差,凭证保存成功',
            },
          ],
        },
        {
          label: '无法审核',
          cases: [
            {
              note: '凭证审核不了,提示制单人和审核人不能是同一个人',
              question: '您是用制单人的账号在审核吗?',
              reply: '是的,公司就我一个会计',
              advice: '可以再建一个审核账号,或者在选项里放开限制',
              solution: '新建审核操作员并授权,凭证已全部审核记账',
            },
          ],
        },
      ],
    },
    {
      label: '期末处理',
      children: [
        {
          label: '无法结账',
          cases: [
            {
              note: '月末结账提示还有未记账凭证,可是找不到',
              question: '查询凭证的时候,期间和状态是怎么选的?',
              reply: '选的本月,全部状态',
              advice: '可能是上个月有一张作废凭证没有整理,我来查一下',
              solution: '整理上月作废凭证后重新结账,结账成功',
            },
            {
              note: '总账结账提示其他模块未结账',
              question: '固定资产和薪资模块这个月结账了吗?',
              reply: '固定资产没有结',
              advice: '先结固定资产,再结总账就可以了',
              solution: '依次完成固定资产和总账结账',
            },
          ],
        },
        {
          label: '损益结转',
          cases: [
            {
              note: '结转损益后利润表和科目余额对不上',
              question: '结转之后有没有再录过费用凭证?',
              reply: '有,后来又补了一张差旅费',
              advice: '补录之后需要重新结转一次',
              solution: '删除原结转凭证,重新结转本月损益,数据一致',
            },
          ],
        },
      ],
    },
    {
      label: '财务报表',
      children: [
        {
          label: '资产负债表不平',
          cases: [
            {
              note: '资产负债表不平,差额 12800 元',
              question: '今年有没有新增过一级科目?',
              reply: '年初加了一个合同资产科目',
              advice: '新增的科目没有放进公式里,我帮您改公式',
              solution: '在报表公式中加入新增科目,重算后报表平衡',
            },
          ],
        },
        {
          label: '公式取数错误',
          cases: [
            {
              note: '报表取数全是零,昨天还好好的',
              question: '报表右上角的账套和期间选对了吗?',
              reply: '期间好像变成去年的了',
              advice: '重新选一下期间,再整表重算',
              solution: '更正报表关键字期间并整表重算,取数正确',
            },
          ],
        },
      ],
    },
  ],
}
