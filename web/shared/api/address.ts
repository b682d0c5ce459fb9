import type { Endpoint, ParamsOf, QueryOf } from '@linli/contract/endpoint'

/** The path and query string of one call; a parameter that the path names but the caller lacks is a fault of ours and throws. */
export function addressOf<E extends Endpoint>(endpoint: E, sent: { readonly params?: ParamsOf<E>; readonly query?: QueryOf<E> }): string {
  const params = (sent.params ?? {}) as Readonly<Record<string, string>>
  const path = endpoint.path.replaceAll(/:([A-Za-z]\w*)/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`PARAMETER_MISSING ${endpoint.id} ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((sent.query ?? {}) as Readonly<Record<string, string | undefined>>))
    if (value !== undefined) query.set(name, value)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}
