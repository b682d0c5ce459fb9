import { identity } from '@linli/contract/endpoints/identity'
import type { AnswerOf } from '@linli/contract/endpoint'
import { ApiProblem } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'
import { client } from '../api.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { enter, workerOf } from '../store/load.ts'
import { reread } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import { signOut } from './sign-out.ts'

type Post = AnswerOf<typeof identity.me>['posts'][number]

/** Said to somebody whose post has no work in the field, with the other posts of theirs and the way to where this one's work is done. */
export function NotField() {
  const { t } = useI18n()
  const [posts, setPosts] = useState<readonly Post[]>([])
  const [problem, setProblem] = useState<ApiProblem>()
  useEffect(() => {
    client.call(identity.me).then(
      (me) => setPosts(me.posts.filter((post) => post.id !== me.post.id)),
      () => undefined,
    )
  }, [])
  const take = async (postId: string) => {
    try {
      await enter(workerOf(await client.call(identity.takePost, { body: { postId } })))
      await reread()
      void syncNow(true)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    }
  }
  return (
    <main className="sign-in">
      <h1>{t('field.notField')}</h1>
      <p>{t('field.notFieldTodo')}</p>
      {problem && <ProblemNote code={problem.code} />}
      {posts.length > 0 && (
        <section className="stack">
          <h2>{t('field.otherPosts')}</h2>
          {posts.map((post) => (
            <button key={post.id} type="button" className="row-button" onClick={() => void take(post.id)}>
              <strong>{post.title}</strong>
              <span>
                {post.unitName} · {post.areaName}
              </span>
            </button>
          ))}
        </section>
      )}
      <div className="stack">
        <a className="big main" href="/console/">
          {t('field.toConsole')}
        </a>
        <button type="button" className="big" onClick={() => void signOut()}>
          {t('field.signOut')}
        </button>
      </div>
    </main>
  )
}
