import type { AnswerOf, Endpoint } from '@linli/contract/endpoint'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from './ApiProvider.tsx'
import type { Sent } from './client.ts'
import type { ApiProblem } from './problem.ts'

export interface Asked<T> {
  readonly data: T | undefined
  readonly problem: ApiProblem | null
  readonly loading: boolean
  readonly fetching: boolean
  /** Milliseconds since 1970 of the last good answer; 0 before the first. */
  readonly answeredAt: number
  again(): void
}
export interface AskOptions {
  readonly enabled?: boolean
  /** How long an answer is fresh, in milliseconds. */
  readonly freshMs?: number
  /** Shows the answer before while the next one loads. */
  readonly keep?: boolean
  /** Asks again by itself after so many milliseconds. */
  readonly everyMs?: number
}

const keyOf = (endpoint: Endpoint, sent: { readonly params?: unknown; readonly query?: unknown; readonly purpose?: unknown }) => [
  endpoint.id,
  sent.params ?? null,
  sent.query ?? null,
  sent.purpose ?? null,
]

/** Asks an endpoint and keeps the answer; screens that ask the same share it. */
export function useAnswer<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}, options: AskOptions = {}): Asked<AnswerOf<E>> {
  const client = useClient()
  const query = useQuery<AnswerOf<E>, ApiProblem>({
    queryKey: keyOf(endpoint, sent),
    queryFn: ({ signal }) => client.call(endpoint, { ...sent, signal }),
    enabled: options.enabled ?? true,
    ...(options.freshMs === undefined ? {} : { staleTime: options.freshMs }),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
  return {
    data: query.data,
    problem: query.error,
    loading: query.isLoading,
    fetching: query.isFetching,
    answeredAt: query.dataUpdatedAt,
    again: () => void query.refetch(),
  }
}

interface Page {
  readonly rows: readonly unknown[]
  readonly next: string | null
}
/** An endpoint that pages by cursor. */
type RowOf<E> = AnswerOf<E> extends { rows: readonly (infer R)[] } ? R : never

export interface AskedPages<E extends Endpoint> extends Omit<Asked<AnswerOf<E>>, 'data'> {
  readonly rows: readonly RowOf<E>[]
  /** The first page, for what it says beside its rows. */
  readonly first: AnswerOf<E> | undefined
  readonly more: boolean
  readonly loadingMore: boolean
  loadMore(): void
}

/** Asks a list that pages by cursor, one page at a time. */
export function useAnswerPages<E extends Endpoint>(endpoint: E, sent: Sent<E> = {}, options: AskOptions = {}): AskedPages<E> {
  const client = useClient()
  const query = useInfiniteQuery<AnswerOf<E>, ApiProblem, { pages: AnswerOf<E>[] }, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(endpoint, sent), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      client.call(endpoint, { ...sent, signal, query: { ...(sent.query as object), ...(pageParam === undefined ? {} : { cursor: pageParam }) } } as Sent<E>),
    initialPageParam: undefined,
    getNextPageParam: (page) => (page as Page).next ?? undefined,
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
  const rows = useMemo(() => (query.data?.pages ?? []).flatMap((page) => (page as Page).rows as RowOf<E>[]), [query.data])
  return {
    rows,
    first: query.data?.pages[0],
    problem: query.error,
    loading: query.isLoading,
    fetching: query.isFetching,
    answeredAt: query.dataUpdatedAt,
    again: () => void query.refetch(),
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  }
}

export interface Cache {
  /** Asks again wherever this endpoint's answers are on show. */
  renew(endpoint: Endpoint): void
  /** Forgets what this endpoint answered and asks again. */
  reset(endpoint: Endpoint): void
  /** Changes every kept answer of an endpoint in place. */
  patch<E extends Endpoint>(endpoint: E, change: (answer: AnswerOf<E>) => AnswerOf<E>): void
  put<E extends Endpoint>(endpoint: E, answer: AnswerOf<E>): void
  /** Forgets everything but what was public: called when somebody signs in or out. */
  forget(keep: readonly Endpoint[]): void
}

/** The kept answers, to be changed when the stream or a move says that they are old. */
export function useCache(): Cache {
  const cache = useQueryClient()
  return useMemo(
    () => ({
      renew: (endpoint: Endpoint) => void cache.invalidateQueries({ queryKey: [endpoint.id] }),
      reset: (endpoint: Endpoint) => void cache.resetQueries({ queryKey: [endpoint.id] }),
      patch: <E extends Endpoint>(endpoint: E, change: (answer: AnswerOf<E>) => AnswerOf<E>) =>
        void cache.setQueriesData<AnswerOf<E>>({ queryKey: [endpoint.id] }, (answer) => (answer === undefined ? undefined : change(answer))),
      put: <E extends Endpoint>(endpoint: E, answer: AnswerOf<E>) => void cache.setQueryData(keyOf(endpoint, {}), answer),
      forget: (keep: readonly Endpoint[]) => cache.removeQueries({ predicate: (query) => !keep.some((endpoint) => endpoint.id === query.queryKey[0]) }),
    }),
    [cache],
  )
}
