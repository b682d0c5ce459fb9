import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useState } from 'react'
import { dayOf } from '../when.ts'
import { monthAfter, weeksOf } from './hours.ts'

export type DayMark = 'work' | 'rest' | 'standard'
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Three months of a calendar; a click turns a day from the weekly rule to its opposite and back. */
export function MonthGrid({
  days,
  weekend,
  marks,
  horizon,
  onMark,
}: {
  days: Readonly<Record<string, 'work' | 'rest'>>
  weekend: readonly number[]
  marks: Readonly<Record<string, DayMark>>
  horizon: string
  onMark: ((day: string, mark: DayMark | undefined) => void) | undefined
}) {
  const { t, timeZone } = useI18n()
  const [month, setMonth] = useState(() => dayOf(Date.now(), timeZone).slice(0, 7))
  const ruleOf = (day: string) => (weekend.includes(((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1) ? 'rest' : 'work')
  const keptOf = (day: string) => days[day] ?? 'standard'
  const turn = (day: string) => {
    const now = marks[day] ?? keptOf(day)
    const next: DayMark = now === 'standard' ? (ruleOf(day) === 'work' ? 'rest' : 'work') : 'standard'
    onMark?.(day, next === keptOf(day) ? undefined : next)
  }
  return (
    <div className="months">
      <div className="months-head">
        <IconButton icon="back" label={t('rules.earlier')} onClick={() => setMonth(monthAfter(month, -1))} />
        <IconButton icon="next" label={t('rules.later')} onClick={() => setMonth(monthAfter(month, 1))} />
        <ul className="months-legend">
          <li data-kind="rest">{t('rules.day.rest')}</li>
          <li data-kind="work">{t('rules.day.work')}</li>
          <li data-kind="weekend">{t('rules.weekend')}</li>
          {onMark && <li data-kind="marked">{t('rules.day.marked')}</li>}
        </ul>
      </div>
      <div className="months-row">
        {[0, 1, 2].map((step) => {
          const shown = monthAfter(month, step)
          return (
            <table key={shown} className="month">
              <caption>{shown}</caption>
              <thead>
                <tr>
                  {WEEKDAYS.map((day) => (
                    <th key={day} scope="col">
                      {t(`rules.weekdayShort.${day}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(shown).map((week) => (
                  <tr key={week.find((day) => day !== undefined)}>
                    {week.map((day, place) => {
                      if (day === undefined) return <td key={WEEKDAYS[place]} aria-hidden="true" />
                      const state = marks[day] ?? keptOf(day)
                      const words = ` ${shown} ${t(`rules.day.${state === 'standard' ? ruleOf(day) : state}`)}`
                      const kind = state === 'standard' ? (ruleOf(day) === 'rest' ? 'weekend' : 'plain') : state
                      const look = { 'data-kind': kind, 'data-marked': marks[day] !== undefined, 'data-beyond': day > horizon }
                      return (
                        <td key={day}>
                          {onMark ? (
                            <button type="button" {...look} aria-pressed={marks[day] !== undefined} onClick={() => turn(day)}>
                              {Number(day.slice(8))}
                              <span className="unseen">{words}</span>
                            </button>
                          ) : (
                            <span {...look} title={words}>
                              {Number(day.slice(8))}
                            </span>
                          )}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          )
        })}
      </div>
    </div>
  )
}
