import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useRoom } from '../state/room.ts'

/** Who is signed in, at which post, and the ways out of it. */
export function AccountCard({ onLeave }: { onLeave?: () => void }) {
  const { t, word } = useI18n()
  const { city, session, changePerson } = useRoom()
  const now = session.session
  if (!now) return null
  const others = now.posts.filter((post) => post.id !== now.post.id)
  return (
    <section className="account-card" aria-label={t('command.signedInAs')}>
      <h2>{now.personName}</h2>
      <p>{now.post.title}</p>
      <dl>
        <dt>{t('command.unit')}</dt>
        <dd>{now.post.unitName}</dd>
        <dt>{t('command.area')}</dt>
        <dd>{now.post.areaName}</dd>
      </dl>
      <p className="faint">{t('command.purpose', { purpose: word('purpose', session.purpose) })}</p>
      {others.length > 0 && (
        <div className="account-posts">
          <h3>{t('command.switchPost')}</h3>
          {others.map((post) => (
            <Button
              key={post.id}
              onClick={() => {
                onLeave?.()
                void session.takePost(post.id)
              }}
            >
              {post.title} · {post.unitName}
            </Button>
          ))}
        </div>
      )}
      <div className="account-ways">
        {city.demo && (
          <Button
            onClick={() => {
              onLeave?.()
              changePerson()
            }}
          >
            {t('command.changePerson')}
          </Button>
        )}
        <Button
          tone="quiet"
          onClick={() => {
            onLeave?.()
            void session.signOut()
          }}
        >
          {t('command.signOut')}
        </Button>
      </div>
    </section>
  )
}
