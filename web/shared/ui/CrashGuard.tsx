import { Component, type ReactNode } from 'react'
import { useI18n } from '../i18n/index.ts'
import { Button } from './controls.tsx'
import { EmptyView } from './states.tsx'

/** Keeps a fault of one part from leaving an empty page: says so, and offers to load again. */
export class CrashGuard extends Component<{ children: ReactNode }, { broke: boolean }> {
  override state = { broke: false }
  static getDerivedStateFromError(): { broke: boolean } {
    return { broke: true }
  }
  override render(): ReactNode {
    return this.state.broke ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useI18n()
  return <EmptyView action={<Button onClick={() => globalThis.location.reload()}>{t('common.reload')}</Button>}>{t('common.broke')}</EmptyView>
}
