/** A browser without a script: follows redirects, keeps cookies, and sends forms as it finds them. */
export interface PlainPage {
  readonly status: number
  readonly url: string
  readonly html: string
  /** What a person would read, tags taken out. */
  readonly text: string
  readonly headers: Headers
}
export interface PlainBrowser {
  open(path: string): Promise<PlainPage>
  /** Sends the form whose action ends so, with its own values and what is filled in; `undefined` leaves a field out. */
  send(page: PlainPage, action: string, filled?: Readonly<Record<string, Value | readonly Value[] | undefined>>): Promise<PlainPage>
  readonly cookies: Map<string, string>
}
type Value = string | Blob

const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

/** Opens such a browser on a server. */
export function plainBrowser(base: string, headers: Readonly<Record<string, string>> = {}): PlainBrowser {
  const cookies = new Map<string, string>()
  const visit = async (path: string, init: RequestInit = {}): Promise<PlainPage> => {
    const response = await fetch(new URL(path, base), {
      ...init,
      redirect: 'manual',
      headers: { 'accept-language': 'zh-CN', ...headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...init.headers },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const to = response.headers.get('location')
    if (response.status === 303 && to !== null) return visit(to)
    const html = await response.text()
    const text = decode(html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, ' ')).replaceAll(/\s+/g, ' ')
    return { status: response.status, url: path, html, text, headers: response.headers }
  }
  return {
    cookies,
    open: (path) => visit(path),
    send: (page, action, filled = {}) => {
      const form = [...page.html.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => new RegExp(`action="[^"]*${action}"`).test(text))
      if (form === undefined) throw new Error(`no form ${action} on ${page.url}`)
      const path = decode(/action="([^"]*)"/.exec(form)?.[1] ?? '')
      const data = new FormData()
      for (const [name, value] of fieldsOf(form)) if (!(name in filled)) data.append(name, value)
      for (const [name, value] of Object.entries(filled))
        for (const one of value === undefined ? [] : ([value].flat() as Value[])) {
          if (typeof one === 'string') data.append(name, one)
          else data.append(name, one, 'photo.jpg')
        }
      const multipart = form.includes('multipart/form-data')
      const body = multipart ? data : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]))
      return visit(path, { method: 'POST', body, headers: { origin: base } })
    },
  }
}

/** What a browser would send of a form that nobody touched. */
function fieldsOf(form: string): [string, string][] {
  const attribute = (tag: string, name: string) => {
    const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
    return found === undefined ? undefined : decode(found)
  }
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')]
    if (name === undefined || type === 'file' || ((type === 'checkbox' || type === 'radio') && !/\schecked/.test(tag))) return []
    return [[name, attribute(tag, 'value') ?? '']]
  })
  const areas = [...form.matchAll(/<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g)].flatMap(([, tag = '', text = '']): [string, string][] => {
    const name = attribute(tag, 'name')
    return name === undefined ? [] : [[name, decode(text)]]
  })
  const selects = [...form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].flatMap(([, tag = '', options = '']): [string, string][] => {
    const name = attribute(tag, 'name')
    const chosen = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? /<option value="([^"]*)"/.exec(options)?.[1]
    return name === undefined || chosen === undefined ? [] : [[name, decode(chosen)]]
  })
  return [...inputs, ...areas, ...selects]
}
