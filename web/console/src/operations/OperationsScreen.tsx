import { operations } from '@linli/contract/endpoints/operations'
import { useAnswer } from '@linli/web-shared/api'
import { spanOf, useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { Loaded } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'
import { nameOf } from '../screens.ts'
import { Backlog } from './Backlog.tsx'
import { Machine } from './Machine.tsx'
import { Modules } from './Modules.tsx'
import { Runs } from './Runs.tsx'
import { Systems } from './Systems.tsx'
import { Versions } from './Versions.tsx'
import { WarningList } from './WarningList.tsx'

const EVERY_MS = 10_000

/** How the program is (运行监控): what needs somebody first, then the figures behind it; asked again every ten seconds. */
export default function OperationsScreen() {
  const i18n = useI18n()
  const asked = useAnswer(operations.get, {}, { everyMs: EVERY_MS, freshMs: 0 })
  const { data } = asked
  return (
    <Page
      title={i18n.t(nameOf('operations'))}
      lead={data && i18n.t('operations.uptime', { span: spanOf(i18n, data.uptimeS * 1000) })}
      asOf={data?.asOf}
      tools={<IconButton icon="refresh" label={i18n.t('operations.again')} onClick={asked.again} data-busy={asked.fetching} />}
    >
      <Loaded asked={asked} lines={8}>
        {(state) => (
          <>
            <WarningList warnings={state.warnings} />
            <Backlog state={state} />
            <Systems systems={state.systems} />
            <Runs pumps={state.pumps} jobs={state.jobs} asOf={state.asOf} />
            <Machine state={state} />
            <Versions state={state} />
            <Modules modules={state.modules} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
