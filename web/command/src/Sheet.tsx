import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useState, type ReactNode } from 'react'
import type { Tab } from './state/room.ts'
import { AccountCard } from './top/AccountCard.tsx'

const TABS: readonly Tab[] = ['cases', 'indicators', 'me']

/** The lower part of a phone's screen: one panel at a time, chosen by tabs, half or nearly whole height. */
export function Sheet({
  tab,
  onTab,
  panels,
}: {
  tab: Tab
  onTab(tab: Tab): void
  panels: { readonly cases: ReactNode; readonly indicators: ReactNode; readonly me: ReactNode | undefined }
}) {
  const { t } = useI18n()
  const [tall, setTall] = useState(false)
  return (
    <aside className="sheet" data-tall={tall} aria-label={t('command.title')}>
      <div className="sheet-head">
        <div className="sheet-tabs" role="tablist" aria-label={t('command.title')}>
          {TABS.map((name) => (
            <button key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={tab === name} aria-controls="sheet-panel" onClick={() => onTab(name)}>
              {t(`command.tab.${name}`)}
            </button>
          ))}
        </div>
        <IconButton icon={tall ? 'down' : 'up'} label={t(tall ? 'command.shrink' : 'command.expand')} onClick={() => setTall(!tall)} />
      </div>
      <div className="sheet-panel" id="sheet-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'me' ? (panels.me ?? <AccountCard />) : panels[tab]}
      </div>
    </aside>
  )
}
