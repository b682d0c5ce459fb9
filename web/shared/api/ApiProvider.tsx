import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { identity } from '@linli/contract/endpoints/identity'
import { createContext, use, useState, type ReactNode } from 'react'
import type { Client } from './client.ts'
import { ApiProblem, isSignedOut } from './problem.ts'

const ClientContext = createContext<Client | undefined>(undefined)

/** The client of the screen. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('API_PROVIDER_MISSING')
  return client
}

/** A refusal stays a refusal however often one asks; only a lost connection and a fault of the server are worth repeating. */
const worthRepeating = (count: number, problem: unknown) => count < 2 && problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 500)

function createCache(): QueryClient {
  const cache: QueryClient = new QueryClient({
    // Any answer may be the first to say that the session has ended: then ask who we are.
    queryCache: new QueryCache({
      onError: (problem, query) => {
        if (isSignedOut(problem) && query.queryKey[0] !== identity.me.id) void cache.invalidateQueries({ queryKey: [identity.me.id] })
      },
    }),
    defaultOptions: { queries: { retry: worthRepeating, refetchOnWindowFocus: false, staleTime: 15_000, networkMode: 'always' } },
  })
  return cache
}

/** Gives the screens below it the client and the cache of its answers. */
export function ApiProvider({ client, children }: { client: Client; children: ReactNode }) {
  const [cache] = useState(createCache)
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </ClientContext>
  )
}
