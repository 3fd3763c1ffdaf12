import type { NonEmpty } from '../../random.ts'

export const PLACES: NonEmpty<string> = [
  '北京',
  '上海',
  '广州',
  '深圳',
  '杭州',
  '南京',
  '成都',
  '武汉',
  '西安',
  '青岛',
  '苏州',
  '长沙',
]

export const NAMES: NonEmpty<string> = [
  '鑫源',
  '华晟',
  '恒达',
  '瑞丰',
  '天宇',
  '博远',
  '金辉',
  '中诚',
  '海纳',
  '东方明',
  '嘉禾',
  '永盛',
  '思创',
  '宏图',
  '安捷',
  '蓝鲸',
  '众合',
  '优联',
]

export const TRADES: NonEmpty<string> = [
  '科技',
  '贸易',
  '机械制造',
  '电子',
  '建材',
  '食品',
  '医疗器械',
  '物流',
  '服饰',
  '汽车配件',
]

export const FAMILY_NAMES: NonEmpty<string> = [
  '张',
  '李',
  '王',
  '刘',
  '陈',
  '林',
  '何',
  '郭',
  '马',
  '罗',
  '梁',
  '宋',
  '郑',
  '谢',
]

export const GIVEN_NAMES: NonEmpty<string> = [
  '敏',
  '丽华',
  '建国',
  '晓东',
  '芳',
  '海燕',
  '志明',
  '雪梅',
  '俊',
  '秀英',
  '文博',
  '佳琪',
]

export const COMPUTERS: NonEmpty<string> = [
  '财务室 1 号机',
  '财务室 2 号机',
  '仓库开单电脑',
  '服务器',
  '会计笔记本',
  '前台收银机',
  '总经理办公室',
  '出纳电脑',
]
