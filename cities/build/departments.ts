/** A kind of department (部门) that cities have under the command centre: 1+6+N, and what each is called. */
export interface Department {
  readonly slug: string
  /** As catalogues name it in short. */
  readonly short: string
  /** What stands behind the area's name. */
  readonly office: string
  readonly en: string
}

const department = (slug: string, short: string, office: string, en: string): Department => ({ slug, short, office, en })

/** The six that work with the command centre every day (1+6+N 的“6”). */
export const SIX: readonly Department[] = [
  department('transport', '交通', '交通运输局', 'Transport Bureau'),
  department('police', '公安', '公安局', 'Public Security Bureau'),
  department('resources', '自然资源', '自然资源局', 'Natural Resources Bureau'),
  department('ecology', '生态环境', '生态环境局', 'Ecology and Environment Bureau'),
  department('market', '市场监管', '市场监督管理局', 'Market Regulation Bureau'),
  department('emergency', '应急', '应急管理局', 'Emergency Management Bureau'),
]

/** Others on call (“N”). */
export const ON_CALL: readonly Department[] = [
  department('urban', '城管', '城市管理局', 'Urban Management Bureau'),
  department('municipal', '住建', '住房和城乡建设局', 'Housing and Urban Construction Bureau'),
  department('water', '水务', '水务局', 'Water Affairs Bureau'),
  department('gardens', '园林', '园林绿化中心', 'Parks and Greening Centre'),
  department('justice', '司法', '司法局', 'Justice Bureau'),
  department('civil', '民政', '民政局', 'Civil Affairs Bureau'),
  department('labour', '人社', '人力资源和社会保障局', 'Labour and Social Security Bureau'),
  department('health', '卫健', '卫生健康委员会', 'Health Commission'),
  department('education', '教育', '教育局', 'Education Bureau'),
  department('culture', '文旅', '文化和旅游局', 'Culture and Tourism Bureau'),
  department('farming', '农业农村', '农业农村局', 'Agriculture and Rural Affairs Bureau'),
]

/** The department of a slug. Throws DEPARTMENT_UNKNOWN. */
export function departmentOf(slug: string): Department {
  const found = [...SIX, ...ON_CALL].find((each) => each.slug === slug)
  if (!found) throw new Error(`DEPARTMENT_UNKNOWN ${slug}`)
  return found
}

/** The department that a catalogue calls so in short. Throws DEPARTMENT_UNKNOWN. */
export function departmentCalled(short: string): Department {
  const found = [...SIX, ...ON_CALL].find((each) => each.short === short)
  if (!found) throw new Error(`DEPARTMENT_UNKNOWN ${short}`)
  return found
}
