import type { Permission } from '@linli/contract/permissions'
import type { MessageKey } from '@linli/web-shared/i18n'
import { lazy, type ComponentType } from 'react'
import type { IconName } from '@linli/web-shared/ui'

/** One screen of the console: who may see it, where it stands in the menu, and its code, which is fetched when it is opened. */
export interface Screen {
  readonly id: string
  readonly group: 'work' | 'ground' | 'rules' | 'organisation' | 'privacy' | 'running' | 'me'
  readonly icon: IconName
  /** One of these permissions opens it; everybody who is signed in where it is empty. */
  readonly needs: readonly Permission[]
  /** Not in the menu: other screens lead there. */
  readonly aside: boolean
  readonly View: ComponentType
}

const screen = (
  group: Screen['group'],
  id: string,
  icon: IconName,
  needs: readonly Permission[],
  load: () => Promise<{ readonly default: ComponentType }>,
  aside = false,
): Screen => ({ id, group, icon, needs, aside, View: lazy(load) })

/** Every screen; the first that somebody may see is where they begin, and within a group this is the order of the menu. */
export const SCREENS: readonly Screen[] = [
  screen('running', 'operations', 'pulse', ['platform.operate'], () => import('./operations/OperationsScreen.tsx')),
  screen('work', 'queue', 'list', ['cases.read'], () => import('./queue/QueueScreen.tsx')),
  screen('work', 'cases', 'file', ['cases.read'], () => import('./case/CaseScreen.tsx'), true),
  screen('work', 'strands', 'whistle', ['cases.read'], () => import('./strands/StrandsScreen.tsx')),
  screen('work', 'duties', 'foot', ['patrol.do'], () => import('./duties/DutiesScreen.tsx')),
  screen('work', 'coverage', 'grid', ['patrol.read'], () => import('./duties/CoverageScreen.tsx')),
  screen('work', 'indicators', 'pulse', ['insight.read'], () => import('./indicators/IndicatorsScreen.tsx')),
  screen('work', 'feed-back', 'download', ['insight.read'], () => import('./duties/FeedBackScreen.tsx')),
  screen('organisation', 'people', 'people', ['people.read'], () => import('./people/PeopleScreen.tsx')),
  screen('organisation', 'posts', 'seat', ['people.read'], () => import('./people/PostsScreen.tsx')),
  screen('organisation', 'units', 'building', ['people.read'], () => import('./people/UnitsScreen.tsx')),
  screen('organisation', 'stale', 'clock', ['people.read'], () => import('./people/StaleScreen.tsx')),
  screen('organisation', 'roles', 'key', ['people.read'], () => import('./people/RolesScreen.tsx')),
  screen('organisation', 'hand-overs', 'merge', ['people.read'], () => import('./people/HandOversScreen.tsx')),
  screen('privacy', 'approvals', 'check', ['export.approve'], () => import('./privacy/ApprovalsScreen.tsx')),
  screen('privacy', 'reveals', 'eye', ['privacy.review'], () => import('./privacy/RevealsScreen.tsx')),
  screen('privacy', 'audit', 'shield', ['audit.read'], () => import('./audit/AuditScreen.tsx')),
  screen('privacy', 'holds', 'lock', ['privacy.review', 'privacy.hold'], () => import('./privacy/HoldsScreen.tsx')),
  screen('privacy', 'retention', 'shield', ['privacy.review'], () => import('./privacy/RetentionScreen.tsx')),
  screen('privacy', 'exports', 'download', ['export.ask'], () => import('./privacy/ExportsScreen.tsx')),
  screen('ground', 'areas', 'pin', ['areas.read'], () => import('./ground/AreasScreen.tsx')),
  screen('ground', 'merge', 'merge', ['areas.edit'], () => import('./ground/MergeScreen.tsx')),
  screen('ground', 'changes', 'list', ['areas.read'], () => import('./ground/ChangesScreen.tsx')),
  screen('rules', 'editions', 'book', ['catalog.read'], () => import('./rules/EditionsScreen.tsx')),
  screen('rules', 'calendars', 'calendar', ['catalog.read'], () => import('./rules/CalendarsScreen.tsx')),
  screen('rules', 'duty-items', 'list', ['patrol.read', 'patrol.do', 'patrol.publish'], () => import('./duties/ItemsScreen.tsx')),
  screen('me', 'account', 'person', [], () => import('./account/AccountScreen.tsx')),
]

export const GROUPS = ['work', 'running', 'organisation', 'privacy', 'ground', 'rules', 'me'] as const satisfies readonly Screen['group'][]

/** The name of a screen in the menu and on its page. */
export const nameOf = (id: string) => `console.screen.${id}` as MessageKey
