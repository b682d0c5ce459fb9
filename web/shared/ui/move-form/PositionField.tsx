import { platform } from '@linli/contract/endpoints/reach'
import { useMemo } from 'react'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { boxAround, SmallMap, type Box } from '../../map/index.ts'
import type { CaseRow } from '../case/types.ts'
import { Field } from './Field.tsx'

/** A spot on a small map of its own (位置), so that it can be chosen on a phone as on a desk. */
export function PositionField({
  row,
  value,
  wrong,
  onChange,
}: {
  row: CaseRow
  value: { readonly lon: number; readonly lat: number } | undefined
  wrong: string | undefined
  onChange(spot: { readonly lon: number; readonly lat: number }): void
}) {
  const { t, word } = useI18n()
  const city = useAnswer(platform.city, {}, { freshMs: Number.POSITIVE_INFINITY })
  const { position } = row
  const box = useMemo(() => (position ? boxAround([position]) : (city.data?.bbox as Box | undefined)), [position, city.data])
  return (
    <Field
      id="move-position"
      label={word('need', 'position')}
      hint={value ? t('form.positionChosen', { lon: value.lon.toFixed(6), lat: value.lat.toFixed(6) }) : t('form.positionHint')}
      wrong={wrong}
      group
    >
      {box && <SmallMap box={box} spot={value ?? position ?? undefined} onPoint={(lon, lat) => onChange({ lon, lat })} />}
    </Field>
  )
}
