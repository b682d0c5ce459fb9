import type { BodyOf } from '@linli/contract/endpoint'
import type { patrol } from '@linli/contract/endpoints/patrol'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Icon } from '@linli/web-shared/ui'
import { useState } from 'react'

export type PhonePosition = NonNullable<BodyOf<typeof patrol.doDuty>['position']>

/** Where the telephone is, taken once when asked; browsers say it in WGS84. */
export function PositionField({ needed, onChange }: { needed: boolean; onChange(position: PhonePosition | undefined): void }) {
  const { t } = useI18n()
  const [state, setState] = useState<'none' | 'asking' | 'failed' | PhonePosition>('none')
  const take = () => {
    setState('asking')
    globalThis.navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const position: PhonePosition = { lon: coords.longitude, lat: coords.latitude, crs: 'wgs84', accuracyM: Math.min(100_000, coords.accuracy) }
        setState(position)
        onChange(position)
      },
      () => {
        setState('failed')
        onChange(undefined)
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 },
    )
  }
  return (
    <div className="field">
      <span>
        {t('case.place')}
        {!needed && <span className="faint"> {t('common.optional')}</span>}
      </span>
      <div className="row-acts">
        <Button onClick={take} disabled={state === 'asking'}>
          <Icon name="pin" size={16} />
          {t(state === 'asking' ? 'duties.locating' : 'duties.locate')}
        </Button>
        {typeof state === 'object' && (
          <span role="status">
            {state.lon.toFixed(5)}, {state.lat.toFixed(5)} {state.accuracyM !== undefined && t('duties.accuracy', { n: Math.round(state.accuracyM) })}
          </span>
        )}
      </div>
      {state === 'failed' && (
        <p className="late" role="alert">
          {t('duties.locateFailed')}
        </p>
      )}
    </div>
  )
}
