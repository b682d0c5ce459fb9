import { identity } from '@linli/contract/endpoints/identity'
import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { SearchPick, useTyped, type Found, type FoundRows } from '../parts/SearchPick.tsx'

function usePeople(q: string): FoundRows {
  const asked = useAnswer(identity.listPeople, { query: { limit: '8', ...(q === '' ? {} : { q }) } }, { keep: true })
  return {
    problem: asked.problem,
    loading: asked.loading,
    rows: asked.data?.rows.map((row): Found => ({ value: row.personId, text: row.personName, small: [row.login, ...row.postTitles].join(' · ') })),
  }
}

function usePosts(q: string): FoundRows {
  const asked = useAnswer(identity.listPosts, { query: { limit: '8', ...(q === '' ? {} : { q }) } }, { keep: true })
  return {
    problem: asked.problem,
    loading: asked.loading,
    rows: asked.data?.rows.map((row): Found => ({ value: row.postId, text: `${row.postTitle} · ${row.unitName}`, small: `${row.code} · ${row.areaName}` })),
  }
}

function useUnits(q: string): FoundRows {
  const asked = useAnswer(identity.listUnits, {}, { freshMs: 300_000 })
  return {
    problem: asked.problem,
    loading: asked.loading,
    rows: asked.data?.rows
      .filter((row) => q === '' || row.name.includes(q) || row.code.includes(q))
      .slice(0, 8)
      .map((row): Found => ({ value: row.code, text: row.name, small: row.code })),
  }
}

function useAreas(q: string): FoundRows {
  const asked = useAnswer(places.listAreas, { query: { limit: '8', ...(q === '' ? {} : { q }) } }, { keep: true, freshMs: 300_000 })
  return {
    problem: asked.problem,
    loading: asked.loading,
    rows: asked.data?.rows.map((row): Found => ({ value: row.code, text: row.name, small: row.code })),
  }
}

/** Picks a person with an account. */
export function PersonPick({ name, label, optional = false }: { name: string; label?: string; optional?: boolean }) {
  const { t } = useI18n()
  const { q, ...line } = useTyped()
  const found = usePeople(q)
  return <SearchPick name={name} label={label ?? t('console.person')} placeholder={t('people.search')} found={found} {...line} optional={optional} />
}

/** Picks a post. */
export function PostPick({ name }: { name: string }) {
  const { t } = useI18n()
  const { q, ...line } = useTyped()
  const found = usePosts(q)
  return <SearchPick name={name} label={t('console.post')} placeholder={t('posts.search')} found={found} {...line} />
}

/** Picks a unit. */
export function UnitPick({ name, label, optional = false }: { name: string; label?: string; optional?: boolean }) {
  const { t } = useI18n()
  const { q, ...line } = useTyped()
  const found = useUnits(q)
  return <SearchPick name={name} label={label ?? t('command.unit')} placeholder={t('units.search')} found={found} {...line} optional={optional} />
}

/** Picks an area. */
export function AreaPick({ name, label, onPick }: { name: string; label?: string; onPick?: (found: Found) => void }) {
  const { t } = useI18n()
  const { q, ...line } = useTyped()
  const found = useAreas(q)
  return (
    <SearchPick
      name={name}
      label={label ?? t('command.area')}
      placeholder={t('areas.search')}
      found={found}
      {...line}
      {...(onPick === undefined ? {} : { onPick })}
    />
  )
}
