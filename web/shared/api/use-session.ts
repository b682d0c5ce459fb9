import { identity } from '@linli/contract/endpoints/identity'
import { catalog } from '@linli/contract/endpoints/catalog'
import { places } from '@linli/contract/endpoints/places'
import { platform } from '@linli/contract/endpoints/reach'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { Permission, Purpose } from '@linli/contract/permissions'
import { useMemo } from 'react'
import { useClient } from './ApiProvider.tsx'
import { isSignedOut, type ApiProblem } from './problem.ts'
import { useAnswer, useCache } from './use-answer.ts'

export type Session = AnswerOf<typeof identity.me>

export interface SessionView {
  /** Undefined while it is not known yet, null where nobody is signed in. */
  readonly session: Session | null | undefined
  readonly problem: ApiProblem | null
  may(permission: Permission): boolean
  /** Why this post reads cases: to work on them, or to supervise. */
  readonly purpose: Purpose
  signIn(login: string, password: string): Promise<void>
  /** Begins the session that a way of signing in with several steps has brought. */
  enter(session: Session): void
  takePost(postId: string): Promise<void>
  signOut(): Promise<void>
  again(): void
}

const WORKING: readonly Permission[] = [
  'cases.file',
  'cases.verify',
  'cases.void',
  'cases.dispatch',
  'cases.accept',
  'cases.handle',
  'cases.check',
  'cases.close',
  'intake.report',
]
/** Answers that do not depend on who asks. */
const PUBLIC = [platform.city, identity.listDemoPeople, places.listAreas, places.getArea, places.locate, catalog.listMatters, catalog.getMatter]

/** Who is signed in, by the same-origin cookie, and how that changes (会话). */
export function useSession(): SessionView {
  const client = useClient()
  const cache = useCache()
  const asked = useAnswer(identity.me, {}, { freshMs: 300_000 })
  const none = isSignedOut(asked.problem)
  const session = none ? null : asked.data
  return useMemo(() => {
    const start = (next: Session) => {
      cache.forget([...PUBLIC, identity.me])
      cache.put(identity.me, next)
    }
    const may = (permission: Permission) => session?.permissions.includes(permission) ?? false
    return {
      session,
      may,
      problem: none ? null : asked.problem,
      again: asked.again,
      purpose: WORKING.some(may) ? 'handle-case' : 'supervise',
      signIn: async (login, password) => start((await client.call(identity.signIn, { body: { login, password } })).session),
      enter: start,
      takePost: async (postId) => start(await client.call(identity.takePost, { body: { postId } })),
      signOut: async () => {
        await client.call(identity.signOut).catch((problem: unknown) => {
          if (!isSignedOut(problem)) throw problem
        })
        cache.forget([...PUBLIC, identity.me])
        cache.reset(identity.me)
      },
    }
  }, [client, cache, session, none, asked.problem, asked.again])
}
