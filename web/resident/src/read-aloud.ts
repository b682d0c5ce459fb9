/** Reads the page aloud with the browser's own voice; the button appears only where there is one. */
export function offerReading(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-read]')
  if (!button || !('speechSynthesis' in window)) return
  const { reading = '', stop = '' } = document.body.dataset
  const label = button.querySelector('span')
  const say = (text: string) => {
    if (label) label.textContent = text
  }
  button.hidden = false
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel()
      return say(reading)
    }
    // One sentence at a time: several browsers fall silent in the middle of a long text.
    const sentences = wordsOf(document.querySelector('main')).split(/(?<=[。！？.!?\n])/)
    const spoken = sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '')
    for (const [index, sentence] of spoken.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence)
      utterance.lang = document.documentElement.lang
      utterance.rate = 0.9
      if (index === spoken.length - 1) utterance.addEventListener('end', () => say(reading))
      speechSynthesis.speak(utterance)
    }
    say(stop)
  })
  addEventListener('pagehide', () => speechSynthesis.cancel())
}

/** What a person who sees the page would read, without the words of the reading button itself. */
function wordsOf(main: HTMLElement | null): string {
  const hidden = main?.querySelector<HTMLElement>('[data-read]')
  const text = main?.innerText ?? ''
  return hidden ? text.replace(hidden.innerText, '') : text
}
