/** Leads to the list of mistakes after a form came back, so that a screen reader begins there. */
export function focusMistakes(): void {
  document.querySelector<HTMLElement>('[data-focus]')?.focus()
}
