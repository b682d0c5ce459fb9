import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type pg from 'pg'

/** How much of an anchor file a snapshot of the database knows. */
export interface AnchorPart {
  readonly bytes: number
  readonly sha256: string
  readonly n: number
  readonly at: string
}

/**
 * Finds the newest line of the anchor file that the snapshot knows: the file runs ahead of it, and lines of later anchors would name
 * cases that the backup does not hold. Undefined where the file or such a line is missing.
 */
export async function anchorPartOf(file: string, client: pg.ClientBase): Promise<AnchorPart | undefined> {
  if (!existsSync(file)) return undefined
  const { rows } = await client.query<{ digest: string }>("select value ->> 'digest' as digest from platform.setting where name like 'anchor:%'")
  const known = new Set(rows.map((row) => row.digest))
  const hash = createHash('sha256')
  let bytes = 0
  let part: AnchorPart | undefined
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const text = `${line}\n`
    hash.update(text)
    bytes += Buffer.byteLength(text)
    if (!known.has(createHash('sha256').update(line).digest('hex'))) continue
    const { anchor } = JSON.parse(line) as { anchor: { n: number; at: string } }
    part = { bytes, sha256: hash.copy().digest('hex'), n: anchor.n, at: anchor.at }
  }
  return part
}
