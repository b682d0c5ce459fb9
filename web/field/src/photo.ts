const LONGEST_PX = 1_600
const QUALITY = 0.82

/**
 * A photo as it is kept and sent (照片压缩): at most 1,600 pixels on its longer side, JPEG, upright. What a browser cannot draw is left as it is,
 * for the server to judge; its own EXIF goes with the drawing, so the position is the form's.
 */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!picture) return file
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height))
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))]
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  picture.close()
  const drawn = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  })
  return drawn ?? file
}
