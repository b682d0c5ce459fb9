import type { City } from '@linli/contract/city'
import { shared } from '../city.ts'
import { commonRules } from '../filing.ts'
import { CITY } from './place.ts'

const words = (zh: string, en: string) => ({ zh, en })

/** Zaozhuang (枣庄市) as a city of this program: published numbers and names, fictional boundaries, items of our own making. */
export const zaozhuangCity: City = {
  code: 'zaozhuang',
  division: CITY.code,
  name: CITY.name,
  nameEn: CITY.nameEn,
  casePrefix: 'ZZ',
  demo: false,
  brand: { color: '#b5402f', sloganZh: '大事小情“云”上办', sloganEn: 'Every matter, large or small, on one platform' },
  words: {
    'step.report': words('采集上报', 'Collect and report'),
    'step.file': words('核实立案', 'Verify and file'),
    'step.dispatch': words('指挥派遣', 'Command and dispatch'),
    'step.handle': words('处理反馈', 'Handle and feed back'),
    'step.check': words('核查结案', 'Check and close'),
    'step.evaluate': words('考核评价', 'Assess'),
    // Each district runs the loop under its own name (systems A10). Two names are published, and which district each belongs to is our reading; the rest are ours.
    'district.370402': words('市中·一呼即办', 'Shizhong: one call, done'),
    'district.370403': words('薛城·民声直达', 'Xuecheng: straight to us'),
    'district.370404': words('峄城·榴乡诉递', 'Yicheng: word from the pomegranate country'),
    'district.370405': words('台儿庄·运河快办', 'Taierzhuang: quick as the canal'),
    'district.370406': words('山亭·山里有应', 'Shanting: the hills answer'),
    'district.370481': words('滕州·e呼善应', 'Tengzhou: call, and kindly answered'),
  },
  counts: { streets: 65, communities: 2_500, basic: 4_953, single: 15_864, dedicated: 1_154 },
  seed: 370400,
  filingRules: [...commonRules],
  ...shared,
}
