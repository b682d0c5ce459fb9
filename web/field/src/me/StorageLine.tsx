import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'

const MB = 1_048_576

/** How much room the application takes on this telephone, where the browser says it. */
export function StorageLine() {
  const { t } = useI18n()
  const [used, setUsed] = useState<number>()
  useEffect(() => {
    void globalThis.navigator.storage?.estimate().then(({ usage }) => setUsed(usage))
  }, [])
  return used === undefined ? null : <p className="soft">{t('field.storage.used', { n: (used / MB).toFixed(1) })}</p>
}
