/** Offers the public map above its list: loaded when somebody asks for it. */
export function offerMap(): void {
  const box = document.querySelector<HTMLElement>('[data-public-map]')
  const ground = box?.querySelector<HTMLElement>('[data-map]')
  const said = box?.querySelector<HTMLElement>('[data-map-said]')
  if (!box || !ground || !said) return
  box.hidden = false
  const open = box.querySelector<HTMLButtonElement>('[data-open-map]')
  open?.addEventListener('click', () => {
    ground.hidden = false
    open.hidden = true
    void import('./map.ts').then(async ({ openPublicMap }) => {
      const { area = '', which = 'open', count = '' } = box.dataset
      said.textContent = count.replace('{n}', String(await openPublicMap(ground, { area, which })))
      ground.focus()
    })
  })
}
