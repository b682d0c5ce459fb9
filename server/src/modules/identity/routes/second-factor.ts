import { identity as contract } from '@linli/contract/endpoints/identity'
import { Refusal } from '@linli/contract/errors'
import { route, type Route } from '../../../platform/http/request.ts'
import { beginProviderSignIn, FLOW_MINUTES } from '../commands/begin-provider-sign-in.ts'
import { completeProviderSignIn } from '../commands/complete-provider-sign-in.ts'
import { completeSignIn } from '../commands/complete-sign-in.ts'
import { confirmSecondFactor } from '../commands/confirm-second-factor.ts'
import { enrolSecondFactor } from '../commands/enrol-second-factor.ts'
import { removeSecondFactor } from '../commands/remove-second-factor.ts'
import { renewRecoveryCodes } from '../commands/renew-recovery-codes.ts'
import { nowOf, personOf, type Context } from '../context.ts'
import { findFactor } from '../factor/store.ts'
import { demandedFrom } from '../rules.ts'
import { findPersonById, listPosts } from '../store.ts'
import { openedSession } from './session.ts'
import { cookie, iso } from './shared.ts'

const BROWSER_COOKIE = 'linli_sign_in'
const PROVIDER_PATH = '/api/v1/session/provider'

/** The second factor of one's own account, and signing in through the city's sign-in service. */
export function secondFactorRoutes(context: Context): Route[] {
  const { platform, policy } = context
  const browserCookie = (value: string | undefined) => cookie(context, BROWSER_COOKIE, value, PROVIDER_PATH, FLOW_MINUTES * 60)
  return [
    route(contract.completeSignIn, async (call) => {
      const { token } = await completeSignIn(context, { ...call.body, requestId: call.requestId, client: call.ip })
      return openedSession(context, token, call.header)
    }),
    route(contract.secondFactor, async (call) => {
      const { personId } = personOf(call.actor)
      const [person, factor, posts] = await Promise.all([
        findPersonById(platform.db, personId),
        findFactor(platform.db, personId),
        listPosts(platform.db, personId, nowOf(context)),
      ])
      if (!person) throw new Refusal('SESSION_MISSING')
      const demanding: readonly string[] = policy.secondFactorFor
      const demandedFor = [...new Set(posts.flatMap((post) => post.permissions))].filter((permission) => demanding.includes(permission)).toSorted()
      const enrolledAt = iso(factor?.confirmed_at ?? null)
      const graceEndsAt = iso(demandedFrom(policy, { demo: person.demo, createdAt: person.created_at }) ?? null)
      return { enrolledAt, recoveryCodesLeft: enrolledAt === null ? 0 : (factor?.codes_left ?? 0), demandedFor, graceEndsAt, exempt: person.demo }
    }),
    route(contract.enrolSecondFactor, (call) => enrolSecondFactor(context, personOf(call.actor), { ...call.body, requestId: call.requestId })),
    route(contract.confirmSecondFactor, async (call) => ({
      recoveryCodes: await confirmSecondFactor(context, personOf(call.actor), { ...call.body, requestId: call.requestId }),
    })),
    route(contract.renewRecoveryCodes, async (call) => ({
      recoveryCodes: await renewRecoveryCodes(context, personOf(call.actor), { ...call.body, requestId: call.requestId }),
    })),
    route(contract.removeSecondFactor, async (call) => ({
      endedSessions: await removeSecondFactor(context, personOf(call.actor), { ...call.body, requestId: call.requestId }),
    })),
    route(contract.beginProviderSignIn, async (call) => {
      const { url, browser } = await beginProviderSignIn(context)
      call.header('set-cookie', browserCookie(browser))
      return { url }
    }),
    route(contract.completeProviderSignIn, async (call) => {
      const browser = new RegExp(`(?:^|;\\s*)${BROWSER_COOKIE}=([\\w-]{20,100})`).exec(call.raw.request.headers.cookie ?? '')?.[1]
      const { token } = await completeProviderSignIn(context, { ...call.body, browser, requestId: call.requestId, client: call.ip })
      return openedSession(context, token, call.header)
    }),
  ]
}
