import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import { allEndpoints } from '@linli/contract/endpoints/all'
import { openApiOf } from '@linli/contract/openapi'
import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics.ts'

export interface PageParts {
  readonly version: string
  /** The built web applications (absolute folders) by the path that each is served under, such as `/` and `/console/`; one that is not built is left out. */
  readonly web: Readonly<Record<string, string>>
  /** Hosts of the base map that the pages may ask, as origins; empty where there is none. */
  readonly mapHosts: readonly string[]
  readonly metrics: Metrics
  /** Names what is not ready; empty where all is. */
  readiness(): Promise<readonly string[]>
  /** Figures that are only known when asked, such as the outbox. */
  beforeMetrics(): Promise<void>
}

/** What a page of ours may load and where it may send: nothing of any other host but those of a base map that was set. */
const cspWith = (hosts: string) =>
  `default-src 'self'; img-src 'self' blob: data:${hosts}; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'${hosts}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`
export const CSP = cspWith('')

/** Everything that is not the API: the web app, the API's description with a page to browse it, health and metrics. */
export async function addPages(app: FastifyInstance, parts: PageParts): Promise<void> {
  const openApi = openApiOf(allEndpoints, parts.version)
  app.get('/openapi.json', async () => openApi)
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    const missing = await parts.readiness()
    return reply.status(missing.length === 0 ? 200 : 503).send({ ready: missing.length === 0, missing })
  })
  // Metrics name no person and no case, but they are for the operator of the machine alone.
  app.get('/metrics', async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) return reply.status(404).send({})
    await parts.beforeMetrics()
    return reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics())
  })
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  await app.register(fastifyStatic, { root: swagger, prefix: '/api/docs/ui/', index: false, decorateReply: true })
  app.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', CSP).send(DOCS_PAGE))
  app.get('/api/docs/start.js', async (_request, reply) =>
    reply.type('text/javascript').send("SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true })"),
  )
  const csp = cspWith(parts.mapHosts.map((host) => ` ${host}`).join(''))
  for (const [prefix, root] of Object.entries(parts.web)) await addApplication(app, prefix, root, csp)
}

async function addApplication(app: FastifyInstance, prefix: string, root: string, csp: string): Promise<void> {
  if (!existsSync(root)) return
  if (prefix !== '/') app.get(prefix.slice(0, -1), async (_request, reply) => reply.redirect(prefix))
  await app.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    // Where a build has written files compressed beside themselves, those are sent.
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('content-security-policy', csp)
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

const DOCS_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Linli 邻里 API</title>
<link rel="stylesheet" href="/api/docs/ui/swagger-ui.css"></head><body><main id="docs"></main><script src="/api/docs/ui/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`
