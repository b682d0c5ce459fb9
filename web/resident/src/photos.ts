import { exifSegment, withExif } from './exif.ts'

/** Enough to see a crack in a wall, a tenth of what a phone makes. */
const LONGEST_SIDE = 1_600
const QUALITY = 0.82
/** What is smaller is sent as it is. */
const SMALL_BYTES = 400_000
/** EXIF lies at the beginning; it cannot be longer than this. */
const HEAD_BYTES = 200_000

/** Makes photos small before they are sent, because data costs money, and shows them. */
export function shrinkPhotos(): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file][name=photo]')
  const previews = document.querySelector<HTMLElement>('[data-previews]')
  if (!input || !previews || typeof createImageBitmap !== 'function' || typeof DataTransfer !== 'function') return
  const buttons = () => document.querySelectorAll<HTMLButtonElement>('form[data-report] .buttons button')
  let round = 0
  input.addEventListener('change', () => {
    const mine = (round += 1)
    const files = [...(input.files ?? [])]
    // Nobody sends the form while half of the photos are large and half are small.
    for (const button of buttons()) button.disabled = true
    void Promise.all(files.map((file) => shrink(file).catch(() => file))).then((shrunk) => {
      if (mine !== round) return
      const carrier = new DataTransfer()
      for (const file of shrunk) carrier.items.add(file)
      input.files = carrier.files
      previews.replaceChildren(...shrunk.map(preview))
      for (const button of buttons()) button.disabled = false
    })
  })
}

async function shrink(file: File): Promise<File> {
  if (file.size <= SMALL_BYTES) return file
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob || blob.size >= file.size) return file
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const exif = exifSegment(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))
  return new File([exif ? withExif(bytes, exif) : bytes], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' })
}

function preview(file: File): HTMLImageElement {
  const image = document.createElement('img')
  image.alt = file.name
  image.src = URL.createObjectURL(file)
  image.addEventListener('load', () => URL.revokeObjectURL(image.src))
  return image
}
