import { Refusal } from '@linli/contract/errors'
import type { Platform } from '../../platform/platform.ts'
import type { Actor, PersonActor } from '../../platform/rights/actor.ts'
import type { IdentityKey } from './key.ts'
import type { IdentityPorts } from './ports.ts'
import type { Provider } from './provider/provider.ts'
import type { SignInPolicy } from './rules.ts'
import type { Sessions } from './sessions.ts'

/** What the commands of this module are given. */
export interface Context {
  readonly platform: Platform
  readonly sessions: Sessions
  readonly key: IdentityKey
  readonly policy: SignInPolicy
  readonly ports: IdentityPorts
  /** The city's own sign-in service; undefined where none is configured. */
  readonly provider: Provider | undefined
  /** Reads the units into memory again. */
  refreshUnits(): Promise<void>
}

/** The person who acts; SESSION_MISSING for anybody else. */
export function personOf(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new Refusal('SESSION_MISSING')
  return actor
}

export const nowOf = (context: Pick<Context, 'platform'>) => new Date(context.platform.runtime.now())
