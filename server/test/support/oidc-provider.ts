import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'

export const CLIENT = { id: 'linli', secret: 'a secret of the two' }
const JSON_TYPE = { 'content-type': 'application/json' }

interface Grant {
  readonly nonce: string
  readonly challenge: string
  readonly redirectUri: string
}
interface Key {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

/** How the provider answers; a test changes one thing and asks what comes of it. */
export interface Behaviour {
  claims: JWTPayload
  /** What stands in the ID token beside or instead of what belongs there. */
  lies: JWTPayload
  /** `unsigned` is alg none, `stranger` a key that is not published, `symmetric` HS256 with the client's secret. */
  signature: 'ours' | 'unsigned' | 'stranger' | 'symmetric'
  /** Whole paths that fail: `/token` answers 500, or with text that is no JSON. */
  broken: Map<string, 'error' | 'nonsense'>
  /** The issuer that the metadata names. */
  issuer: string | undefined
}
export interface OidcProvider {
  readonly url: string
  readonly behaviour: Behaviour
  /** What the browser does at the provider: opens the address and comes back with the query string of the redirect. */
  visit(url: string): Promise<string>
  /** Makes a new signing key and forgets the old one. */
  rotateKey(): Promise<void>
  /** Requests to the token endpoint so far. */
  readonly exchanges: number
  stop(): Promise<void>
}

const makeKey = async (): Promise<Key> => {
  const kid = randomUUID()
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

/** Starts an OpenID provider (OpenID Connect Core 1.0, Discovery 1.0, PKCE of RFC 7636) that signs everybody in at once. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const behaviour: Behaviour = { claims: {}, lies: {}, signature: 'ours', broken: new Map(), issuer: undefined }
  const grants = new Map<string, Grant>()
  const stranger = await makeKey()
  let key = await makeKey()
  let exchanges = 0
  let url = ''

  const metadata = () => ({
    issuer: behaviour.issuer ?? url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    end_session_endpoint: `${url}/end`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  })
  const authorize = (query: URLSearchParams, response: ServerResponse) => {
    const redirect = new URL(query.get('redirect_uri') ?? '')
    const complete = ['code_challenge', 'state', 'nonce'].every((name) => query.has(name)) && query.get('code_challenge_method') === 'S256'
    if (!complete || query.get('client_id') !== CLIENT.id || query.get('response_type') !== 'code') return response.writeHead(400).end('incomplete')
    const code = randomUUID()
    grants.set(code, { nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '', redirectUri: redirect.href })
    redirect.searchParams.set('code', code)
    redirect.searchParams.set('state', query.get('state') ?? '')
    return response.writeHead(302, { location: redirect.href }).end()
  }
  const idToken = (nonce: string): Promise<string> | string => {
    const now = Math.floor(Date.now() / 1000)
    const payload = { iss: behaviour.issuer ?? url, aud: CLIENT.id, sub: 'subject-1', iat: now, exp: now + 300, nonce, ...behaviour.claims, ...behaviour.lies }
    if (behaviour.signature === 'unsigned') return new UnsecuredJWT(payload).encode()
    if (behaviour.signature === 'symmetric')
      return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT.secret.padEnd(32, '.')))
    const signer = behaviour.signature === 'stranger' ? stranger : key
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: signer.kid }).sign(signer.privateKey)
  }
  const token = async (body: URLSearchParams, response: ServerResponse) => {
    exchanges += 1
    const grant = grants.get(body.get('code') ?? '')
    grants.delete(body.get('code') ?? '')
    const verified =
      createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url') === grant?.challenge
    const known = body.get('client_id') === CLIENT.id && body.get('client_secret') === CLIENT.secret
    if (!known) return response.writeHead(401, JSON_TYPE).end(JSON.stringify({ error: 'invalid_client' }))
    if (!grant || !verified || body.get('redirect_uri') !== grant.redirectUri)
      return response.writeHead(400, JSON_TYPE).end(JSON.stringify({ error: 'invalid_grant' }))
    const answer = { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: await idToken(grant.nonce) }
    return response.writeHead(200, { ...JSON_TYPE, 'cache-control': 'no-store' }).end(JSON.stringify(answer))
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const fault = behaviour.broken.get(pathname)
    if (fault === 'error') return response.writeHead(500).end('out of order')
    if (fault === 'nonsense') return response.writeHead(200, JSON_TYPE).end('<html>maintenance</html>')
    if (pathname === '/.well-known/openid-configuration') return response.writeHead(200, JSON_TYPE).end(JSON.stringify(metadata()))
    if (pathname === '/jwks') return response.writeHead(200, JSON_TYPE).end(JSON.stringify({ keys: [key.jwk] }))
    if (pathname === '/authorize') return authorize(searchParams, response)
    if (pathname === '/token' && request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      return token(new URLSearchParams(Buffer.concat(chunks).toString()), response)
    }
    return response.writeHead(404).end()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    behaviour,
    visit: async (address) => {
      const response = await fetch(address, { redirect: 'manual' })
      const location = response.headers.get('location')
      if (location === null) throw new Error(`the provider answered ${response.status} ${await response.text()}`)
      return new URL(location).search.slice(1)
    },
    rotateKey: async () => {
      key = await makeKey()
    },
    get exchanges() {
      return exchanges
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
