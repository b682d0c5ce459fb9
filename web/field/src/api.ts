import { createClient } from '@linli/web-shared/api'

let language = 'zh-CN'

/** Says in which language the server's own words shall come. */
export function setApiLanguage(next: string): void {
  language = next
}

/** The one client of the API; pages and the service worker use the same. */
export const client = createClient({ baseUrl: '', fetch: (...args) => globalThis.fetch(...args), language: () => language })
