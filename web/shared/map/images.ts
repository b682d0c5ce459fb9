import type { Map as LibreMap } from 'maplibre-gl'
import type { Tokens } from '../theme/index.ts'
import { SIGN_PATHS, type SignName } from '../ui/signs.ts'

const BOX = 36
const RATIO = 2
/** The name of a pin's picture. */
export const iconOf = (sign: SignName, overdue: boolean) => `${sign}${overdue ? '-late' : ''}`

/** Draws the signs and the dots of the ground in a theme's colours and hands them to the map, replacing those of the theme before. */
export function drawImages(map: LibreMap, tokens: Tokens): void {
  const put = (name: string, image: ImageData) => (map.hasImage(name) ? map.updateImage(name, image) : map.addImage(name, image, { pixelRatio: RATIO }))
  for (const sign of Object.keys(SIGN_PATHS) as SignName[]) for (const overdue of [false, true]) put(iconOf(sign, overdue), drawSign(sign, overdue, tokens))
  put('dots', drawDots(tokens))
  put('worker', drawWorker(tokens))
}

const outlineOf = (sign: SignName) => new Path2D(SIGN_PATHS[sign])

function canvasOf(size: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = size * RATIO
  canvas.height = size * RATIO
  const context = canvas.getContext('2d')
  if (!context) throw new Error('CANVAS_MISSING')
  context.scale(RATIO, RATIO)
  return context
}

function drawSign(sign: SignName, overdue: boolean, tokens: Tokens): ImageData {
  const context = canvasOf(BOX)
  const color = sign === 'voided' ? tokens.ended : tokens.steps[sign]
  const middle = BOX / 2
  context.beginPath()
  context.arc(middle, middle, 12.5, 0, Math.PI * 2)
  context.fillStyle = tokens.surface
  context.fill()
  context.lineWidth = 1
  context.strokeStyle = tokens.lineStrong
  context.stroke()
  if (overdue) {
    context.beginPath()
    context.arc(middle, middle, 14.5, 0, Math.PI * 2)
    context.lineWidth = 2.6
    context.strokeStyle = tokens.late
    context.stroke()
  }
  context.translate(middle - 12 * 0.72, middle - 12 * 0.72)
  context.scale(0.72, 0.72)
  context.fillStyle = color
  context.fill(outlineOf(sign), 'evenodd')
  return context.getImageData(0, 0, BOX * RATIO, BOX * RATIO)
}

function drawDots(tokens: Tokens): ImageData {
  const context = canvasOf(24)
  context.fillStyle = tokens.line
  context.beginPath()
  context.arc(12, 12, 1, 0, Math.PI * 2)
  context.fill()
  return context.getImageData(0, 0, 24 * RATIO, 24 * RATIO)
}

/** A head and shoulders on a disc. */
function drawWorker(tokens: Tokens): ImageData {
  const context = canvasOf(24)
  context.beginPath()
  context.arc(12, 12, 11, 0, Math.PI * 2)
  context.fillStyle = tokens.surface
  context.fill()
  context.lineWidth = 1.5
  context.strokeStyle = tokens.good
  context.stroke()
  context.fillStyle = tokens.good
  context.beginPath()
  context.arc(12, 9, 3.4, 0, Math.PI * 2)
  context.fill()
  context.beginPath()
  context.ellipse(12, 18.5, 6, 4.8, 0, Math.PI, 0)
  context.fill()
  return context.getImageData(0, 0, 24 * RATIO, 24 * RATIO)
}
