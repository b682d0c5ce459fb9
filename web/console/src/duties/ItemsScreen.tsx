import { patrol } from '@linli/contract/endpoints/patrol'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { SearchLine } from '../parts/SearchLine.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { fieldsOf } from '@linli/web-shared/forms'
import type { DutyItem } from './types.ts'

/** The grid items (网格事项清单) by class: how often, with which evidence, what is asked and on which ground. */
export default function ItemsScreen() {
  const { t, pick } = useI18n()
  const { session } = useDesk()
  const { query } = usePlace()
  const { q = '', edition } = query
  const asked = useAnswer(patrol.listItems, { query: edition !== undefined && /^\d{1,9}$/.test(edition) ? { edition } : {} }, { keep: true })
  const fits = (row: DutyItem) => q === '' || [row.zh, row.en.toLowerCase(), row.how.zh].some((text) => text.includes(q.toLowerCase()))
  return (
    <Page
      title={t(nameOf('duty-items'))}
      lead={
        asked.data && (
          <>
            {t('duties.editionIs', { n: asked.data.edition })} <Moment at={asked.data.publishedAt} /> {asked.data.note}
          </>
        )
      }
    >
      <div className="filters">
        <SearchLine label={t('duties.searchItem')} value={q} onSearch={(next) => go(linkTo('duty-items', [], { ...query, q: next }), true)} />
      </div>
      <Loaded asked={asked}>
        {({ classes, rows }) =>
          classes
            .map((group) => ({ group, items: rows.filter((row) => row.classCode === group.code && fits(row)) }))
            .filter(({ items }) => items.length > 0)
            .map(({ group, items }) => (
              <Section key={group.code} title={pick(group)} note={t('duties.items', { n: items.length })}>
                <ul className="items">
                  {items.map((item) => (
                    <Item key={item.key} item={item} />
                  ))}
                </ul>
              </Section>
            ))
        }
      </Loaded>
      {session.may('patrol.read') && <Editions />}
    </Page>
  )
}

function Item({ item }: { item: DutyItem }) {
  const { t, pick, language } = useI18n()
  const fields = fieldsOf(item.form, language)
  return (
    <li>
      <details>
        <summary>
          <strong>{pick(item)}</strong>
          <span className="item-tags">
            <em className="badge">{t(`duties.frequency.${item.frequency}`)}</em>
            {item.evidence !== 'none' && <em className="badge">{t(`duties.evidence.${item.evidence}`)}</em>}
          </span>
        </summary>
        <p>{pick(item.how)}</p>
        <dl className="item-facts">
          <dt>{t('duties.asks')}</dt>
          <dd>{fields.map((field) => field.label).join(t('console.listComma')) || t('common.none')}</dd>
          <dt>{t('duties.days')}</dt>
          <dd>{t(`duties.days.${item.days}`)}</dd>
          <dt>{t('duties.grace')}</dt>
          <dd>{t('time.days', { n: item.graceDays })}</dd>
          <dt>{t('duties.opens')}</dt>
          <dd>{item.matters.length === 0 ? t('duties.opensNothing') : <code>{item.matters.join(', ')}</code>}</dd>
          {item.basis && (
            <>
              <dt>{t('duties.basis')}</dt>
              <dd>{pick(item.basis)}</dd>
            </>
          )}
        </dl>
      </details>
    </li>
  )
}

function Editions() {
  const { t } = useI18n()
  const asked = useAnswer(patrol.listItemEditions)
  return (
    <Section title={t('rules.versions')}>
      <Loaded asked={asked} lines={2}>
        {({ rows }) => (
          <DataTable
            label={t('rules.versions')}
            rows={rows}
            keyOf={(row) => String(row.edition)}
            columns={[
              {
                key: 'n',
                head: t('rules.edition'),
                kind: 'main',
                render: (row) => <a href={linkTo('duty-items', [], { edition: String(row.edition) })}>{t('rules.editionN', { n: row.edition })}</a>,
              },
              { key: 'at', head: t('rules.published'), render: (row) => <Moment at={row.publishedAt} /> },
              { key: 'items', head: t('console.what'), kind: 'figure', render: (row) => row.items },
              { key: 'note', head: t('console.note'), render: (row) => row.note || t('common.none') },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
