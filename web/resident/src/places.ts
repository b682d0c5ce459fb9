/** Where somebody says that it is, in degrees of WGS84. */
export interface Point {
  readonly lon: number
  readonly lat: number
}

interface Located {
  readonly above: readonly { readonly name: string; readonly level: string }[]
}

const LEVELS: ReadonlySet<string> = new Set(['district', 'street', 'community'])

/** Offers the device's own position and a map to point at: only with a script, and only when asked. */
export function offerPlaces(): void {
  const box = document.querySelector<HTMLElement>('[data-places]')
  const field = document.querySelector<HTMLInputElement>('[data-spot]')
  const said = box?.querySelector<HTMLElement>('[data-place-said]')
  if (!box || !field || !said) return
  const words = box.dataset
  box.hidden = false
  const choose = async (point: Point, accuracyM: number | undefined) => {
    const rounded = { lon: Math.round(point.lon * 1e7) / 1e7, lat: Math.round(point.lat * 1e7) / 1e7 }
    const name = await nameOf(rounded)
    if (name === undefined) return void (said.textContent = words['outside'] ?? '')
    field.value = `${String(rounded.lon)},${String(rounded.lat)},${accuracyM === undefined ? '' : String(Math.round(accuracyM))},0`
    said.textContent = (words['chosen'] ?? '').replace('{place}', name)
  }
  const here = box.querySelector<HTMLButtonElement>('[data-here]')
  if (here && 'geolocation' in navigator)
    here.addEventListener('click', () => {
      said.textContent = words['wait'] ?? ''
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => void choose({ lon: coords.longitude, lat: coords.latitude }, coords.accuracy),
        () => void (said.textContent = words['denied'] ?? ''),
        { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
      )
    })
  else if (here) here.hidden = true
  const pick = box.querySelector<HTMLElement>('[data-map-pick]')
  const ground = pick?.querySelector<HTMLElement>('[data-map]')
  box.querySelector('[data-open-map]')?.addEventListener('click', (event) => {
    if (!pick || !ground || !pick.hidden) return
    pick.hidden = false
    ;(event.currentTarget as HTMLElement).setAttribute('aria-expanded', 'true')
    const [lon, lat] = field.value.split(',').map(Number)
    const start = lon !== undefined && lat !== undefined && field.value !== '' ? { lon, lat } : undefined
    void import('./map.ts').then(async ({ openPicker }) => {
      const picker = await openPicker(ground, start)
      pick.querySelector('[data-map-this]')?.addEventListener('click', () => void choose(picker.centre(), undefined))
    })
  })
}

/** The street office and community at a point; undefined outside of the city. */
async function nameOf({ lon, lat }: Point): Promise<string | undefined> {
  try {
    const response = await fetch(`/api/v1/locate?lon=${String(lon)}&lat=${String(lat)}`)
    if (response.status === 422) return undefined
    const { above } = (await response.json()) as Located
    return above
      .filter(({ level }) => LEVELS.has(level))
      .map(({ name }) => name)
      .join(' ')
  } catch {
    // Without a network the server will say whether it lies in the city.
    return `${lon.toFixed(5)}, ${lat.toFixed(5)}`
  }
}
