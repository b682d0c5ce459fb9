import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import type { Tracked } from './story.ts'

/** What the reporter has said so far. */
export function Answered({ answer }: { answer: NonNullable<Tracked['answer']> }) {
  const { t, word } = useI18n()
  return (
    <p className="track-answered">
      <Icon name={answer.fixed ? 'check' : 'alert'} size={18} />
      {t('follow.answered', { answer: t(answer.fixed ? 'answers.fixed' : 'answers.notFixed'), rating: word('rating', answer.rating) })}
    </p>
  )
}
