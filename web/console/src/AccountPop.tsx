import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useDesk } from './desk.ts'
import { LookSwitch } from './LookSwitch.tsx'
import { Problem } from './parts/Problem.tsx'
import { useAct } from './parts/use-act.ts'
import { linkTo } from './place.ts'
import { signOut } from './sign-in/sign-out.ts'
import { useClient } from '@linli/web-shared/api'

/** Who one is, one's other posts, and the ways out. */
export function AccountPop() {
  const { t } = useI18n()
  const client = useClient()
  const { me, session } = useDesk()
  const doing = useAct()
  const others = me.posts.filter((post) => post.id !== me.post.id)
  return (
    <section className="account-card" aria-label={t('command.signedInAs')}>
      <h2>{me.personName}</h2>
      <p>
        {me.post.title}
        {me.post.deputy && <em className="badge">{t('console.deputy')}</em>}
      </p>
      <p className="faint">
        {me.post.unitName} · {me.post.areaName}
      </p>
      {others.length > 0 && (
        <div className="account-posts">
          <h3>{t('command.switchPost')}</h3>
          {others.map((post) => (
            <Button key={post.id} disabled={doing.busy} onClick={() => void doing.run(() => session.takePost(post.id))}>
              {post.title} · {post.unitName}
            </Button>
          ))}
        </div>
      )}
      <div className="account-look">
        <LookSwitch />
      </div>
      {doing.problem && <Problem problem={doing.problem} />}
      <div className="account-ways">
        <a href={linkTo('account')}>{t('console.screen.account')}</a>
        <Button tone="quiet" disabled={doing.busy} onClick={() => void doing.run(() => signOut(client, session))}>
          {t('command.signOut')}
        </Button>
      </div>
    </section>
  )
}
