import { catalog } from '@linli/contract/endpoints/catalog'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Loaded } from '../parts/Loaded.tsx'
import { Facts, Page, Section } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { FieldChanges } from './FieldChanges.tsx'

/** What one edition changed against another, matter by matter and field by field. */
export function EditionPage({ edition }: { edition: string }) {
  const { t, language } = useI18n()
  const { query } = usePlace()
  const from = /^\d{1,9}$/.test(query['from'] ?? '') ? query['from'] : undefined
  const editions = useAnswer(catalog.listEditions)
  const earlier = (editions.data?.rows ?? []).filter((row) => row.edition < Number(edition))
  const first = editions.data !== undefined && earlier.length === 0
  const asked = useAnswer(
    catalog.diffEditions,
    { params: { edition }, query: from === undefined ? {} : { from } },
    { enabled: editions.data !== undefined && !first, keep: true },
  )
  const words = (keys: readonly string[]) => (
    <ul className="tags">
      {keys.map((key) => (
        <li key={key}>
          <code>{key}</code>
        </li>
      ))}
    </ul>
  )
  return (
    <Page
      title={t('rules.editionN', { n: edition })}
      back={{ href: linkTo('editions'), text: t(nameOf('editions')) }}
      lead={first ? t('rules.firstEdition') : undefined}
    >
      {!first && (
        <div className="filters">
          <label>
            {t('rules.against')}{' '}
            <select
              value={from ?? String(asked.data?.from ?? earlier[0]?.edition ?? '')}
              onChange={(event) => go(linkTo('editions', [edition], { from: event.target.value }), true)}
            >
              {earlier.map((row) => (
                <option key={row.edition} value={row.edition}>
                  {t('rules.editionN', { n: row.edition })}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {!first && (
        <Loaded asked={asked}>
          {(diff) => (
            <>
              <Facts
                rows={[
                  [t('rules.added'), countOf(language, diff.added.length)],
                  [t('rules.removed'), countOf(language, diff.removed.length)],
                  [t('rules.changed'), countOf(language, diff.changed.length)],
                  [t('rules.unchanged'), countOf(language, diff.unchanged)],
                ]}
              />
              {diff.changed.length > 0 && (
                <Section title={t('rules.changed')}>
                  {diff.changed.map((change) => (
                    <details key={change.key} className="change" open={diff.changed.length <= 5}>
                      <summary>
                        <code>{change.key}</code> <span className="faint">{t('rules.fieldsChanged', { n: change.fields.length })}</span>
                      </summary>
                      <FieldChanges fields={change.fields} />
                    </details>
                  ))}
                </Section>
              )}
              {diff.added.length > 0 && <Section title={t('rules.added')}>{words(diff.added)}</Section>}
              {diff.removed.length > 0 && <Section title={t('rules.removed')}>{words(diff.removed)}</Section>}
            </>
          )}
        </Loaded>
      )}
    </Page>
  )
}
