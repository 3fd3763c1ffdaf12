import type { ProblemTopic } from './problem.ts'

export const STOCK: ProblemTopic = {
  label: '进销存',
  children: [
    {
      label: '单据处理',
      children: [
        {
          label: '单据无法保存',
          cases: [
            {
              note: '销售出库单保存时提示单据编号重复',
              question: '是两个人同时在录单吗?',
              reply: '是的,两个开单员一起录',
              advice: '编号规则需要改成保存时生成,我来调整',
              solution: '调整单据编号规则为保存时取号,保存正常',
            },
          ],
        },
        {
          label: '单据无法删除',
          cases: [
            {
              note: '采购入库单录错了,删除提示已被下游单据引用',
              question: '这张入库单做过发票或者付款吗?',
              reply: '做过采购发票',
              advice: '先删除采购发票,再删入库单',
              solution: '按顺序删除采购发票和入库单,重新录入正确单据',
            },
          ],
        },
      ],
    },
    {
      label: '库存管理',
      children: [
        {
          label: '负库存',
          cases: [
            {
              note: '仓库明明有货,出库却提示库存不足',
              question: '这批货入库单审核了吗?',
              reply: '入库单录了,还没有审核',
              advice: '没有审核的入库单不算可用量,审核后再出库',
              solution: '审核入库单后可用量更新,出库成功',
            },
          ],
        },
        {
          label: '盘点差异',
          cases: [
            {
              note: '盘点表的账面数量和现存量查询的不一样',
              question: '盘点表是哪天生成的?之后有出入库吗?',
              reply: '月初生成的,之后一直在发货',
              advice: '盘点表要重新取一次账面数,我带您刷新',
              solution: '重新生成盘点表账面数量,差异消除',
            },
          ],
        },
      ],
    },
    {
      label: '成本核算',
      children: [
        {
          label: '成本为零',
          cases: [
            {
              note: '部分商品出库成本是零,毛利率全是 100%',
              question: '这些商品的入库单上有单价吗?',
              reply: '是赠品入库的,没有填单价',
              advice: '需要先补入库单价,再重新核算成本',
              solution: '补录入库单价并重新执行成本核算,成本正常',
            },
          ],
        },
        {
          label: '成本计算缓慢',
          cases: [
            {
              note: '月末成本核算跑了两个小时还没有完',
              question: '商品大概有多少种?上一次整理数据库是什么时候?',
              reply: '两万多种,从来没整理过',
              advice: '我先帮您重建索引,再重新计算',
              solution: '重建数据库索引并清理历史日志,核算时间缩短到十分钟',
            },
          ],
        },
      ],
    },
  ],
}
