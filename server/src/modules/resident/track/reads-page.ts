import { heading } from '../fields.ts'
import { markup, type Html } from '../markup.ts'
import type { ReadsAnswer } from '../reads.ts'
import type { Reader } from '../reader.ts'

/** Who looked at the report (谁查看过): each time with unit and post, what was seen and why. */
export function readsBody(reader: Reader, receipt: string, found: ReadsAnswer): Html {
  const { t } = reader
  const { withheld } = found
  return markup`${heading(reader, t('reads.title'), t('reads.lead'))}
    ${withheld.count > 0 && withheld.until !== null && markup`<p class="note">${t('reads.withheld', { n: withheld.count, day: reader.day(new Date(withheld.until)) })}</p>`}
    ${
      found.rows.length === 0
        ? markup`<p class="ok">${t('reads.none')}</p>`
        : markup`<p class="hint">${t('reads.count', { n: found.rows.length })}</p>
            <ul class="rows reads">
              ${found.rows.map(
                (row) =>
                  markup`<li>
                    <b>${row.unitName === null ? t('reads.program') : `${row.unitName} · ${row.postTitle ?? ''}`}</b>
                    <span
                      >${t('reads.what')}: ${reader.word('data', row.data)}${row.emergency && markup` <span class="tag now">${t('reads.emergency')}</span>`}</span
                    >
                    <span>${t('reads.why')}: ${reader.word('purpose', row.purpose)}</span><span class="hint">${reader.at(row.at)}</span>
                  </li>`,
              )}
            </ul>`
    }
    ${found.next !== null && markup`<p><a class="button" href="/r/track/${receipt}/reads?cursor=${found.next}">${t('site.more')}</a></p>`}
    <p class="hint">${t('reads.lists')}</p>
    <p>${t('reads.wrong')}</p>`
}
