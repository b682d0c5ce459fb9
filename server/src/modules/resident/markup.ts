const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A piece of a page that is safe to send: only the template below makes one, so that words of people never become markup. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}
type Part = Html | string | number | boolean | null | undefined | readonly Part[]

/** Makes a piece of a page: pieces go in as they are, everything else escaped; false, null and undefined are nothing, lists are joined. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.reduce((made, text, index) => `${made}${inserted(parts[index - 1])}${text}`))
}

function inserted(part: Part): string {
  if (part === null || part === undefined || part === false || part === true) return ''
  if (part instanceof Html) return part.toString()
  if (Array.isArray(part)) return part.map(inserted).join('')
  return String(part).replaceAll(/[&<>"']/g, (character) => SPECIAL[character] ?? character)
}
