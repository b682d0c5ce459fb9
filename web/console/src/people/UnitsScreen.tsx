import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { ChoiceField, LineField, ReasonField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { SearchLine } from '../parts/SearchLine.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { Changes } from './Changes.tsx'
import { AreaPick, UnitPick } from './picks.tsx'
import type { UnitRow } from './types.ts'

const KINDS = ['centre', 'department', 'district', 'street', 'community', 'grid', 'enterprise'] as const

/** The units (单位) that own cases: who belongs to whom, and how their names changed. */
export default function UnitsScreen() {
  const { t, word } = useI18n()
  const { session } = useDesk()
  const cache = useCache()
  const { query } = usePlace()
  const { q = '', ended } = query
  const asked = useAnswer(identity.listUnits, { query: ended === 'yes' ? { ended } : {} }, { keep: true })
  const [open, setOpen] = useState<'create' | { readonly kind: 'rename' | 'end' | 'changes'; readonly unit: UnitRow }>()
  const filter = (part: Record<string, string | undefined>) => go(linkTo('units', [], { ...query, ...part }), true)
  const mayEdit = session.may('people.edit')
  const close = () => setOpen(undefined)
  const renew = () => {
    close()
    cache.renew(identity.listUnits)
    cache.renew(identity.listChanges)
  }
  return (
    <Page
      title={t(nameOf('units'))}
      lead={t('units.lead')}
      tools={
        mayEdit && (
          <Button tone="main" onClick={() => setOpen('create')}>
            {t('units.create')}
          </Button>
        )
      }
    >
      <div className="filters">
        <SearchLine label={t('units.search')} value={q} onSearch={(next) => filter({ q: next })} />
        <Toggle on={ended === 'yes'} onChange={(on) => filter({ ended: on ? 'yes' : undefined })}>
          {t('units.showEnded')}
        </Toggle>
      </div>
      <Loaded asked={asked}>
        {({ rows }) => {
          const names = new Map(rows.map((row) => [row.code, row.name]))
          const found = rows.filter(
            (row) => q === '' || row.name.includes(q) || row.code.includes(q) || (row.nameEn ?? '').toLowerCase().includes(q.toLowerCase()),
          )
          return found.length === 0 ? (
            <p className="faint">{t('console.nothingFound')}</p>
          ) : (
            <DataTable
              label={t(nameOf('units'))}
              rows={found}
              keyOf={(row) => row.code}
              tone={(row) => (row.endedAt === null ? undefined : 'quiet')}
              columns={[
                {
                  key: 'name',
                  head: t('console.name'),
                  kind: 'main',
                  render: (row) => (
                    <button type="button" className="text-button" onClick={() => setOpen({ kind: 'changes', unit: row })}>
                      {row.name}
                    </button>
                  ),
                },
                { key: 'kind', head: t('units.kind'), render: (row) => word('unitKind', row.kind) },
                {
                  key: 'parent',
                  head: t('units.parent'),
                  render: (row) => (row.parentCode === null ? t('common.none') : (names.get(row.parentCode) ?? row.parentCode)),
                },
                { key: 'code', head: t('command.code'), render: (row) => <code>{row.code}</code> },
                { key: 'posts', head: t('console.post'), render: (row) => <a href={linkTo('posts', [], { unit: row.code })}>{t('units.posts')}</a> },
                {
                  key: 'acts',
                  head: t('console.acts'),
                  kind: 'acts',
                  render: (row) =>
                    mayEdit &&
                    row.endedAt === null && (
                      <>
                        <Button onClick={() => setOpen({ kind: 'rename', unit: row })}>{t('units.rename')}</Button>
                        <Button tone="careful" onClick={() => setOpen({ kind: 'end', unit: row })}>
                          {t('units.end')}
                        </Button>
                      </>
                    ),
                },
              ]}
            />
          )
        }}
      </Loaded>
      {open === 'create' && <CreateUnit onClose={close} onDone={renew} />}
      {typeof open === 'object' && open.kind === 'changes' && (
        <Sheet title={open.unit.name} onClose={close}>
          <Changes kind="unit" object={open.unit.code} />
        </Sheet>
      )}
      {typeof open === 'object' && open.kind === 'rename' && <RenameUnit unit={open.unit} onClose={close} onDone={renew} />}
      {typeof open === 'object' && open.kind === 'end' && <EndUnit unit={open.unit} onClose={close} onDone={renew} />}
    </Page>
  )
}

function CreateUnit({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t, word } = useI18n()
  const client = useClient()
  const say = useSay()
  return (
    <ActDialog
      title={t('units.create')}
      confirm={t('units.create')}
      act={(data, key) => {
        const nameEn = String(data.get('nameEn')).trim()
        const parentCode = data.get('parentCode')
        return client.call(identity.createUnit, {
          key,
          body: {
            code: String(data.get('code')).trim(),
            name: String(data.get('name')).trim(),
            ...(nameEn === '' ? {} : { nameEn }),
            kind: KINDS.find((kind) => kind === data.get('kind')) ?? 'department',
            parentCode: typeof parentCode === 'string' ? parentCode : null,
            areaCode: String(data.get('areaCode')),
            reason: String(data.get('reason')),
          },
        })
      }}
      onDone={() => {
        say(t('units.created'))
        onDone()
      }}
      onClose={onClose}
    >
      <div className="pair">
        <LineField name="name" label={t('console.name')} required maxLength={60} autoComplete="off" />
        <LineField name="nameEn" label={t('units.nameEn')} maxLength={120} autoComplete="off" />
      </div>
      <div className="pair">
        <LineField name="code" label={t('command.code')} hint={t('posts.codeHint')} required pattern="[a-z0-9][a-z0-9\-]{1,39}" autoComplete="off" />
        <ChoiceField
          name="kind"
          label={t('units.kind')}
          required
          options={KINDS.map((value) => ({ value, text: word('unitKind', value) }))}
          defaultValue="department"
        />
      </div>
      <UnitPick name="parentCode" label={t('units.parent')} optional />
      <AreaPick name="areaCode" />
      <ReasonField />
    </ActDialog>
  )
}

function RenameUnit({ unit, onDone, onClose }: { unit: UnitRow; onDone(): void; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const say = useSay()
  return (
    <ActDialog
      title={t('units.rename')}
      lead={t('units.renameLead')}
      confirm={t('units.rename')}
      act={(data) => {
        const nameEn = String(data.get('nameEn')).trim()
        return client.call(identity.renameUnit, {
          params: { code: unit.code },
          body: { name: String(data.get('name')).trim(), nameEn: nameEn === '' ? null : nameEn, reason: String(data.get('reason')) },
        })
      }}
      onDone={() => {
        say(t('units.renamed'))
        onDone()
      }}
      onClose={onClose}
    >
      <LineField name="name" label={t('console.name')} required maxLength={60} defaultValue={unit.name} autoComplete="off" />
      <LineField name="nameEn" label={t('units.nameEn')} maxLength={120} defaultValue={unit.nameEn ?? ''} autoComplete="off" />
      <ReasonField />
    </ActDialog>
  )
}

function EndUnit({ unit, onDone, onClose }: { unit: UnitRow; onDone(): void; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const say = useSay()
  return (
    <ActDialog
      title={t('units.end')}
      lead={t('units.endLead', { name: unit.name })}
      confirm={t('units.end')}
      tone="careful"
      act={(data) => client.call(identity.endUnit, { params: { code: unit.code }, body: { reason: String(data.get('reason')) } })}
      onDone={() => {
        say(t('units.ended'))
        onDone()
      }}
      onClose={onClose}
    >
      <ReasonField />
    </ActDialog>
  )
}
