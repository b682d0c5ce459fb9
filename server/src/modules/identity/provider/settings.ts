import { StartError, type Config } from '../../../platform/config.ts'

/** The city's sign-in service (统一身份认证), as the settings name it. */
export interface ProviderSettings {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** The page of ours that the service sends the browser back to. */
  readonly redirectUri: URL
  readonly name: string
  readonly scope: string
  /** The claim that holds the login. */
  readonly claim: string
  /** Values of `amr` or `acr` that count as a second factor; none where nothing is said. */
  readonly strong: readonly string[]
}

/** Reads the settings of the sign-in service; undefined where none is configured, CONFIG_INVALID where one is half configured or not reached over TLS. */
export function providerSettings(config: Config): ProviderSettings | undefined {
  const { LINLI_OIDC_ISSUER: issuer, LINLI_OIDC_CLIENT_ID: clientId, LINLI_OIDC_CLIENT_SECRET: clientSecret, LINLI_OIDC_REDIRECT_URI: redirectUri } = config
  if (issuer === undefined && clientId === undefined && clientSecret === undefined && redirectUri === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || redirectUri === undefined)
    throw new StartError(
      'CONFIG_INVALID',
      'A sign-in service needs LINLI_OIDC_ISSUER, LINLI_OIDC_CLIENT_ID, LINLI_OIDC_CLIENT_SECRET and LINLI_OIDC_REDIRECT_URI; set all four or none',
    )
  const parsed = { LINLI_OIDC_ISSUER: URL.parse(issuer), LINLI_OIDC_REDIRECT_URI: URL.parse(redirectUri) }
  for (const [name, url] of Object.entries(parsed))
    if (!url || (url.protocol !== 'https:' && !isLoopback(url)))
      throw new StartError('CONFIG_INVALID', `${name} must be an https address (http only on this machine itself)`)
  const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '')
  return {
    issuer: new URL(issuer),
    clientId,
    clientSecret,
    redirectUri: new URL(redirectUri),
    name: config.LINLI_OIDC_NAME,
    scope: config.LINLI_OIDC_SCOPE,
    claim: config.LINLI_OIDC_CLAIM,
    strong: words(config.LINLI_OIDC_STRONG),
  }
}

/** True for an address of this machine, where there is no line to listen on. */
export const isLoopback = (url: URL) => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
