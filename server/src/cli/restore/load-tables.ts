import type pg from 'pg'
import { CopyIn } from '../backup/copy.ts'
import type { Manifest } from '../backup/manifest.ts'
import { quotedColumns, quotedTable } from '../backup/tables.ts'
import { damaged, type TarEntry } from '../backup/tar.ts'
import { tableFolder } from '../backup/manifest.ts'

type Table = Manifest['tables'][number]

/** Loads the tables of a backup in one transaction: all or nothing. Feed it the table entries in order, then `finish`. */
export class TableLoader {
  readonly #client: pg.Client
  readonly #manifest: Manifest
  readonly #byFolder: ReadonlyMap<string, Table>
  #current: { readonly table: Table; readonly copy: CopyIn } | undefined

  constructor(client: pg.Client, manifest: Manifest) {
    this.#client = client
    this.#manifest = manifest
    this.#byFolder = new Map(manifest.tables.map((table) => [tableFolder(table), table]))
  }

  /** Empties the tables (migrations may have filled some) and lets no trigger of ours act on what is loaded: it acted when it happened. */
  async begin(): Promise<void> {
    await this.#client.query('begin')
    const { tables } = this.#manifest
    if (tables.length > 0) await this.#client.query(`truncate ${tables.map(quotedTable).join(', ')} cascade`)
    for (const table of tables) await this.#client.query(`alter table ${quotedTable(table)} disable trigger user`)
  }

  async take({ name, body }: TarEntry): Promise<void> {
    const table = this.#byFolder.get(name.slice(0, name.lastIndexOf('/')))
    if (!table) throw damaged(`${name} belongs to no table`)
    if (this.#current?.table !== table) {
      await this.#close()
      this.#current = { table, copy: this.#client.query(new CopyIn(`copy ${quotedTable(table)} ${quotedColumns(table)} from stdin`)) }
    }
    for await (const chunk of body) await this.#current.copy.write(chunk)
  }

  /** Sets sequences, counts every table against the manifest and commits. */
  async finish(): Promise<void> {
    await this.#close()
    for (const { lastValue, isCalled, ...sequence } of this.#manifest.sequences)
      await this.#client.query('select setval($1::regclass, $2::bigint, $3)', [quotedTable(sequence), lastValue, isCalled])
    for (const table of this.#manifest.tables) {
      await this.#client.query(`alter table ${quotedTable(table)} enable trigger user`)
      const { rows } = await this.#client.query<{ count: number }>(`select count(*)::float8 as count from ${quotedTable(table)}`)
      if (rows[0]?.count !== table.rows) throw damaged(`${quotedTable(table)} has ${rows[0]?.count} rows and the manifest says ${table.rows}`)
    }
    await this.#client.query('commit')
    await this.#client.query('analyze')
  }

  async #close(): Promise<void> {
    const { copy, table } = this.#current ?? {}
    this.#current = undefined
    if (copy && table && (await copy.finish()) !== table.rows) throw damaged(`${quotedTable(table)} has another number of rows than the manifest says`)
  }
}
