import { readKept, writeKept } from './kept.ts'

/** A report that this device remembers: the receipt is the key to it. */
export interface KeptReceipt {
  readonly receipt: string
  readonly number: string
  readonly at: string
}

const NAME = 'linli.receipts'
const MOST = 50

/** What the device remembers, newest first; whatever is not of our own making is left out. */
export function readReceipts(kept: unknown = readKept(NAME)): KeptReceipt[] {
  if (!Array.isArray(kept)) return []
  return kept
    .filter((one: unknown): one is KeptReceipt => {
      const found = one as Partial<KeptReceipt> | null
      return typeof found?.receipt === 'string' && /^[\w-]{20,60}$/.test(found.receipt) && typeof found.number === 'string' && typeof found.at === 'string'
    })
    .slice(0, MOST)
}

const forget = (receipt: string) =>
  writeKept(
    NAME,
    readReceipts().filter((one) => one.receipt !== receipt),
  )

/** After sending: remembers the receipt on this device, says so, and lets it be forgotten again. */
export function keepReceipt(): void {
  const card = document.querySelector<HTMLElement>('[data-keep]')
  const said = card?.querySelector<HTMLElement>('[data-kept]')
  const { keep, number, at } = card?.dataset ?? {}
  if (!card || !said || keep === undefined || number === undefined || at === undefined) return
  const forgotten = readKept('linli.forgotten')
  if (forgotten === keep) return
  if (!writeKept(NAME, [{ receipt: keep, number, at }, ...readReceipts().filter((one) => one.receipt !== keep)].slice(0, MOST))) return
  said.hidden = false
  said.querySelector<HTMLButtonElement>('[data-forget]')?.addEventListener('click', (event) => {
    forget(keep)
    // A reload of this very page must not bring it back.
    writeKept('linli.forgotten', keep)
    said.setAttribute('role', 'status')
    said.textContent = (event.currentTarget as HTMLElement).dataset['forgotten'] ?? ''
  })
}

/** My reports: what the device remembers, each with how it stands now. */
export function listReceipts(): void {
  const place = document.querySelector<HTMLElement>('[data-my]')
  if (!place) return
  const words = place.dataset
  const states = JSON.parse(words['states'] ?? '{}') as Record<string, string>
  const show = () => {
    const receipts = readReceipts()
    const list = document.createElement('ul')
    list.className = 'rows'
    list.append(...receipts.map((one) => row(one)))
    const all = button(words['forgetAll'] ?? '', () => {
      writeKept(NAME, undefined)
      show()
    })
    place.replaceChildren(...(receipts.length === 0 ? [paragraph(words['none'] ?? '', 'hint')] : [list, all]))
  }
  const row = ({ receipt, number, at }: KeptReceipt): HTMLElement => {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `/r/track/${receipt}`
    link.append(strong(number))
    const now = paragraph('…', '')
    const day = paragraph(
      new Intl.DateTimeFormat(document.documentElement.lang, { year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(at)),
      'hint',
    )
    item.append(
      link,
      now,
      day,
      button(words['forget'] ?? '', () => {
        forget(receipt)
        show()
      }),
    )
    fetch(`/api/v1/reports/${receipt}`)
      .then(async (response) => {
        if (!response.ok) return void (now.textContent = response.status === 404 ? (words['gone'] ?? '') : '')
        const { state, matterName } = (await response.json()) as { state: string; matterName: string | null }
        now.textContent = [matterName, states[state] ?? state].filter(Boolean).join(' · ')
      })
      .catch(() => {
        now.textContent = ''
      })
    return item
  }
  show()
}

function strong(text: string): HTMLElement {
  const element = document.createElement('b')
  element.textContent = text
  return element
}

function paragraph(text: string, className: string): HTMLElement {
  const element = document.createElement('p')
  element.className = className
  element.textContent = text
  return element
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  element.addEventListener('click', onClick)
  return element
}
