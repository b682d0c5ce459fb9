import { Type, type Static } from '@sinclair/typebox'
import { Ajv } from 'ajv'
import { damaged } from './tar.ts'

/** The newest form of a backup that this program writes and the only one that it reads. */
export const FORMAT = 1

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Migration = Type.Object({ module: Type.String(), name: Type.String(), digest: Type.String() })
const Named = { schema: Type.String(), name: Type.String() }

/** What a backup says about itself (备份清单); the last entry of the archive. */
const ManifestSchema = Type.Object({
  format: Type.Integer(),
  /** The instant of the snapshot: what was committed before it is in, nothing else. */
  at: Type.String(),
  program: Type.String(),
  city: Type.String(),
  database: Type.Object({ version: Type.String(), bytes: Type.Number() }),
  migrations: Type.Array(Migration),
  tables: Type.Array(Type.Object({ ...Named, columns: Type.Array(Type.String()), rows: Type.Integer(), bytes: Type.Integer(), sha256: Sha256 })),
  sequences: Type.Array(Type.Object({ ...Named, lastValue: Type.String(), isCalled: Type.Boolean() })),
  blobs: Type.Object({
    files: Type.Integer(),
    bytes: Type.Integer(),
    /** Named by a row and not on disk. */
    missing: Type.Array(Type.String()),
    /** On disk and not what their name says; left out. */
    damaged: Type.Array(Type.String()),
  }),
  keys: Type.Array(Type.Object({ name: Type.String(), sha256: Sha256 })),
  /** The anchor file up to the line that the snapshot knows; null where there is none. */
  anchor: Type.Union([Type.Null(), Type.Object({ bytes: Type.Integer(), sha256: Sha256, n: Type.Integer(), at: Type.String() })]),
})
export type Manifest = Static<typeof ManifestSchema>

const valid = new Ajv({ strict: false }).compile<Manifest>(ManifestSchema)

/** Reads a manifest; throws BACKUP_DAMAGED where it is not one. */
export function parseManifest(text: string): Manifest {
  try {
    const value: unknown = JSON.parse(text)
    if (valid(value)) return value
  } catch {
    throw damaged('its manifest cannot be read')
  }
  throw damaged('its manifest has another form')
}

export const MANIFEST = 'manifest.json'
export const ANCHOR = 'anchor.jsonl'
/** The folder of a table's pieces in the archive. */
export const tableFolder = (table: { readonly schema: string; readonly name: string }): string => `tables/${table.schema}.${table.name}`
