import type { Endpoint } from '@linli/contract/endpoint'
import type { AskedPages, Client, Sent } from '@linli/web-shared/api'

type Rows<E extends Endpoint> = AskedPages<E>['rows']

/** Every row of a list that pages by cursor, for a file; the rights and the read log are those of the list. */
export async function listAll<E extends Endpoint>(client: Client, endpoint: E, query: object): Promise<Rows<E>> {
  const rows: Rows<E>[number][] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const sent = { query: { ...query, limit: '200', ...(cursor === undefined ? {} : { cursor }) } } as Sent<E>
    const page = (await client.call(endpoint, sent)) as { readonly rows: Rows<E>; readonly next: string | null }
    rows.push(...page.rows)
    cursor = page.next
  }
  return rows
}
