import type { ProviderSettings } from './settings.ts'

export interface ProviderPerson {
  readonly login: string
  /** True where the service says that it asked for a second factor, in words that the settings accept. */
  readonly strong: boolean
}

/**
 * The login and the strength that an ID token states. Undefined where the claim is missing or no text, and for an address of mail that the service
 * has not verified (OpenID Connect Core 1.0 §5.7).
 */
export function personOfClaims(claims: Readonly<Record<string, unknown>>, settings: Pick<ProviderSettings, 'claim' | 'strong'>): ProviderPerson | undefined {
  const login = claims[settings.claim]
  if (typeof login !== 'string' || login === '') return undefined
  if (settings.claim === 'email' && claims['email_verified'] !== true) return undefined
  const amr = Array.isArray(claims['amr']) ? claims['amr'] : []
  return { login, strong: [...amr, claims['acr']].some((value) => typeof value === 'string' && settings.strong.includes(value)) }
}
