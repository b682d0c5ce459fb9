import { spanOf, type I18nView } from '../../i18n/index.ts'
import type { SimilarRow } from '../case/types.ts'

const HOUR_MS = 3_600_000

/** What is alike between two cases, in words: how near, how long apart, the matter, the words. */
export function likenessText(
  i18n: Pick<I18nView, 't' | 'language' | 'word' | 'reason' | 'pick' | 'problem' | 'limit'>,
  row: SimilarRow,
  matterKey: string | null,
): string {
  return [
    i18n.t('similar.metres', { n: Math.round(row.metres) }),
    i18n.t('similar.hours', { span: spanOf(i18n, row.hours * HOUR_MS) }),
    ...(matterKey !== null && row.case.matterKey === matterKey ? [i18n.t('similar.sameMatter')] : []),
    ...(row.words >= 0.05 ? [i18n.t('similar.words', { share: new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(row.words) })] : []),
  ].join(' · ')
}
