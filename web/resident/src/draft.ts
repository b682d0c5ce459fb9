import { readKept, writeKept } from './kept.ts'

const NAME = 'linli.draft'
/** What is remembered of a half-written report; never a name, a contact or a photo. */
const FIELDS = ['text', 'address', 'street'] as const
const DAY_MS = 86_400_000

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Remembers a half-written report on this device for a day, puts it back into an empty form, and forgets it when it is sent. */
export function rememberDraft(): void {
  if (document.querySelector('[data-keep]')) return void writeKept(NAME, undefined)
  const form = document.querySelector<HTMLFormElement>('form[data-report]')
  if (!form) return
  const fields = FIELDS.flatMap((name) => form.querySelector<Field>(`[name="${name}"]`) ?? [])
  const text = fields.find((field) => field.name === 'text')
  const kept = readKept(NAME) as { at?: number; values?: Record<string, string> } | undefined
  if (form.dataset['report'] === 'what' && text?.value === '' && kept?.values && typeof kept.at === 'number' && Date.now() - kept.at < DAY_MS) {
    const { values } = kept
    if ((values['text'] ?? '').trim() !== '') {
      for (const field of fields) field.value = values[field.name] ?? field.value
      say(form, text)
    }
  }
  const keep = () => writeKept(NAME, { at: Date.now(), values: Object.fromEntries(fields.map((field) => [field.name, field.value])) })
  form.addEventListener('input', keep)
  form.addEventListener('change', keep)
}

function say(form: HTMLFormElement, text: Field): void {
  const note = document.createElement('p')
  note.className = 'ok'
  note.setAttribute('role', 'status')
  note.textContent = form.dataset['draftFound'] ?? ''
  const clear = document.createElement('button')
  clear.type = 'button'
  clear.className = 'text'
  clear.textContent = form.dataset['draftDrop'] ?? ''
  clear.addEventListener('click', () => {
    writeKept(NAME, undefined)
    for (const name of FIELDS) {
      const field = form.querySelector<Field>(`[name="${name}"]`)
      if (field) field.value = ''
    }
    note.remove()
    text.focus()
  })
  note.append(clear)
  text.before(note)
}
