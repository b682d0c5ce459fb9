import { createHmac } from 'node:crypto'
import { Refusal } from '@linli/contract/errors'
import * as client from 'openid-client'
import type { Log } from '../../../platform/log.ts'
import { personOfClaims, type ProviderPerson } from './claims.ts'
import { isLoopback, type ProviderSettings } from './settings.ts'

const TIMEOUT_S = 8
/** Codes of the client library that say that the service could not be asked, rather than that it answered wrongly. */
const UNREACHABLE = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_PARSE_ERROR'])

/** One sign-in through the service as the browser that began it knows it. */
interface Flow {
  readonly state: string
  /** A secret in a cookie of that browser alone: the PKCE verifier and the nonce are made from it, so that none of them is kept here. */
  readonly browser: string
}
export interface Provider {
  readonly name: string
  /** Where to send the browser: authorization code with PKCE, state and nonce. PROVIDER_NOT_READY. */
  begin(flow: Flow): Promise<string>
  /** Who came back with a query string. PROVIDER_NOT_READY, PROVIDER_ANSWER_REFUSED. */
  complete(flow: Flow, query: string): Promise<ProviderPerson>
  /** Where a browser signs out of the service; undefined where it offers none or does not answer. */
  signOutUrl(): Promise<string | undefined>
}

/**
 * The city's sign-in service over OpenID Connect Core 1.0. Its metadata and keys are read anew for each sign-in: signing in is rare, and so neither
 * a service that was down at our start nor new keys need a restart.
 */
export function createProvider(settings: ProviderSettings, log: Log): Provider {
  const discover = async () => {
    try {
      return await client.discovery(settings.issuer, settings.clientId, settings.clientSecret, undefined, {
        timeout: TIMEOUT_S,
        execute: [client.enableNonRepudiationChecks, ...(isLoopback(settings.issuer) ? [client.allowInsecureRequests] : [])],
      })
    } catch (error) {
      log.error({ issuer: settings.issuer.href, error: reasonOf(error) }, 'the sign-in service does not answer as it should')
      throw new Refusal('PROVIDER_NOT_READY')
    }
  }
  return {
    name: settings.name,
    begin: async ({ state, browser }) => {
      const configuration = await discover()
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.redirectUri.href,
        scope: settings.scope,
        code_challenge: await client.calculatePKCECodeChallenge(secretOf(browser, 'verifier')),
        code_challenge_method: 'S256',
        state,
        nonce: secretOf(browser, 'nonce'),
      })
      return url.href
    },
    complete: async ({ state, browser }, query) => {
      const configuration = await discover()
      const url = new URL(settings.redirectUri)
      url.search = query
      try {
        const tokens = await client.authorizationCodeGrant(configuration, url, {
          pkceCodeVerifier: secretOf(browser, 'verifier'),
          expectedState: state,
          expectedNonce: secretOf(browser, 'nonce'),
          idTokenExpected: true,
        })
        const person = personOfClaims(tokens.claims() ?? {}, settings)
        if (!person) throw new Refusal('PROVIDER_ANSWER_REFUSED', [], { reason: 'CLAIM_MISSING' })
        return person
      } catch (error) {
        throw refusalOf(error, log)
      }
    },
    signOutUrl: async () => {
      try {
        const configuration = await discover()
        return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: settings.redirectUri.href }).href
      } catch {
        // Signing out here must not depend on the service: then the browser stays signed in there.
        return undefined
      }
    },
  }
}

const secretOf = (browser: string, use: string) => createHmac('sha256', browser).update(use).digest('base64url')

function refusalOf(error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error
  const reason = reasonOf(error)
  log.warn({ error: reason }, 'a sign-in through the sign-in service was refused')
  const code = codeOf(error)
  const isUnreachable = code === undefined ? error instanceof TypeError : UNREACHABLE.has(code)
  return isUnreachable ? new Refusal('PROVIDER_NOT_READY') : new Refusal('PROVIDER_ANSWER_REFUSED', [], { reason: code ?? 'UNKNOWN' })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** What went wrong, without tokens: the library's message names the check that failed, and its cause may hold the token itself. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? `${codeOf(error) ?? error.name}: ${error.message}` : 'unknown'
}
