const SURNAMES = [
  ['陈', 'chen'],
  ['林', 'lin'],
  ['周', 'zhou'],
  ['吴', 'wu'],
  ['许', 'xu'],
  ['沈', 'shen'],
  ['韩', 'han'],
  ['曹', 'cao'],
  ['严', 'yan'],
  ['魏', 'wei'],
  ['陶', 'tao'],
  ['姜', 'jiang'],
  ['谢', 'xie'],
  ['邹', 'zou'],
  ['苏', 'su'],
  ['潘', 'pan'],
  ['葛', 'ge'],
  ['范', 'fan'],
  ['彭', 'peng'],
  ['鲁', 'lu'],
] as const

const GIVEN = [
  ['禾安', 'hean'],
  ['松岚', 'songlan'],
  ['予宁', 'yuning'],
  ['立川', 'lichuan'],
  ['知夏', 'zhixia'],
  ['云舒', 'yunshu'],
  ['明远', 'mingyuan'],
  ['秋桐', 'qiutong'],
  ['向阳', 'xiangyang'],
  ['若溪', 'ruoxi'],
  ['建业', 'jianye'],
  ['春和', 'chunhe'],
  ['青野', 'qingye'],
  ['思齐', 'siqi'],
  ['望舒', 'wangshu'],
  ['致远', 'zhiyuan'],
  ['晓棠', 'xiaotang'],
] as const

export interface InventedName {
  readonly name: string
  readonly login: string
}

/** The n-th invented name (from 0) with its pinyin as login; 340 of them before one comes again. */
export function inventedName(index: number): InventedName {
  const surname = SURNAMES[index % SURNAMES.length]
  // 17 given names against 20 surnames have no common divisor, so the pairs repeat only after 340.
  const given = GIVEN[index % GIVEN.length]
  if (!surname || !given) throw new RangeError('NAME_INDEX_INVALID')
  return { name: `${surname[0]}${given[0]}`, login: `${surname[1]}${given[1]}` }
}
