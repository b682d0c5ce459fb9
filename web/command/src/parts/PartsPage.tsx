import './parts.css'
import { STEPS } from '@linli/contract/workflow'
import { ApiProblem } from '@linli/web-shared/api'
import { percentOf, useI18n } from '@linli/web-shared/i18n'
import { THEMES, useTheme, type ThemeName } from '@linli/web-shared/theme'
import {
  Button,
  Chart,
  Due,
  EmptyView,
  Hint,
  Icon,
  IconButton,
  ICONS,
  LoadingView,
  OfflineView,
  ProblemView,
  Segments,
  Sign,
  SIGNS,
  Sparkline,
  StepBar,
  Toggle,
  type Series,
} from '@linli/web-shared/ui'
import { useState, type ReactNode } from 'react'

/** Every component of the design language (部件总览) in the theme that is chosen here; it needs nobody signed in and shows nothing of the city. */
export default function PartsPage() {
  const { t } = useI18n()
  const { theme, setTheme } = useTheme()
  return (
    <main className="parts">
      <header>
        <h1>{t('parts.title')}</h1>
        <p>{t('parts.lead')}</p>
        <Segments<ThemeName>
          label={t('command.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, text: t(`command.theme.${value}`) }))}
          onChange={setTheme}
        />
      </header>
      <Colors />
      <Type />
      <Signs />
      <Controls />
      <States />
      <Charts />
    </main>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      <div className="parts-row">{children}</div>
    </section>
  )
}

const SURFACES = ['ground', 'surface', 'raised', 'sunken', 'line', 'line-strong'] as const
const INKS = ['text', 'text-soft', 'text-faint', 'accent', 'late', 'good', 'ended', 'focus'] as const

function Colors() {
  const { t } = useI18n()
  return (
    <Section title={t('parts.colors')}>
      {SURFACES.map((name) => (
        <figure key={name} className="parts-color">
          <i style={{ background: `var(--${name})` }} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
      {INKS.map((name) => (
        <figure key={name} className="parts-color">
          <i style={{ background: `var(--${name})` }} />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </Section>
  )
}

const SIZES = ['xxl', 'xl', 'l', 'm', 's', 'xs'] as const

function Type() {
  const { t } = useI18n()
  return (
    <Section title={t('parts.type')}>
      <div className="parts-type">
        {SIZES.map((size) => (
          <p key={size} style={{ fontSize: `var(--fs-${size})` }}>
            {t('parts.sample')} 0123456789
          </p>
        ))}
      </div>
      <div className="parts-type">
        <h3>{t('parts.motion')}</h3>
        <p>{t('parts.motionHint')}</p>
      </div>
    </Section>
  )
}

function Signs() {
  const { t, word } = useI18n()
  return (
    <>
      <Section title={t('parts.signs')}>
        {SIGNS.map((name) => (
          <figure key={name} className="parts-sign">
            <Sign name={name} size={36} />
            <Sign name={name} size={36} overdue />
            <figcaption>{name === 'voided' ? word('state', name) : word('step', name)}</figcaption>
          </figure>
        ))}
      </Section>
      <Section title={t('parts.icons')}>
        {ICONS.map((name) => (
          <figure key={name} className="parts-sign">
            <Icon name={name} size={24} />
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </Section>
      <Section title={t('parts.steps')}>
        {STEPS.map((step) => (
          <div key={step} className="parts-wide">
            <StepBar step={step} state="" ended={false} />
          </div>
        ))}
      </Section>
    </>
  )
}

const TONES = ['main', 'plain', 'quiet', 'careful'] as const

function Controls() {
  const { t } = useI18n()
  const [tone, setTone] = useState<(typeof TONES)[number]>('main')
  const [on, setOn] = useState(true)
  return (
    <Section title={t('parts.controls')}>
      {TONES.map((name) => (
        <Button key={name} tone={name}>
          {t(`parts.${name}`)}
        </Button>
      ))}
      <Button disabled>{t('parts.off')}</Button>
      <IconButton icon="refresh" label={t('common.retry')} />
      <Segments<(typeof TONES)[number]>
        label={t('parts.controls')}
        value={tone}
        options={TONES.map((value) => ({ value, text: t(`parts.${value}`) }))}
        onChange={setTone}
      />
      <Toggle on={on} onChange={setOn}>
        {t('case.overdue')}
      </Toggle>
      <input className="search" aria-label={t('command.search')} placeholder={t('command.search')} />
      <select aria-label={t('command.filterStep')}>
        <option>{t('command.anyStep')}</option>
      </select>
      <Hint text={t('parts.sample')}>{t('command.formula')}</Hint>
      <em className="badge">{t('command.demo')}</em>
      <Due dueAt={null} overdue />
    </Section>
  )
}

function States() {
  const { t, times } = useI18n()
  return (
    <Section title={t('parts.states')}>
      <div className="parts-card">
        <EmptyView action={<Button>{t('command.clear')}</Button>}>{t('command.noCases')}</EmptyView>
      </div>
      <div className="parts-card">
        <LoadingView />
      </div>
      <div className="parts-card">
        <ProblemView problem={new ApiProblem('CONNECTION_LOST', 0)} onRetry={() => undefined} />
      </div>
      <div className="parts-card">
        <OfflineView since={times.clock(SAMPLE_DAY)} />
      </div>
      <div className="parts-card">
        <OfflineView since={undefined} />
      </div>
    </Section>
  )
}

const SAMPLE_DAY = Date.UTC(2026, 10, 18)
/** Heights of a curve that shows what a chart looks like; it stands for nothing that was measured. */
const SHAPE = [0.4, 0.55, 0.5, null, 0.62, 0.7, 0.66, 0.8, 0.78, 0.9]

function Charts() {
  const { t, language } = useI18n()
  const points = SHAPE.map((value, index) => ({ label: String(index + 1), value }))
  const series: Series[] = (['line', 'columns'] as const).map((as) => ({
    name: t(as === 'line' ? 'parts.main' : 'parts.plain'),
    points,
    share: true,
    as,
    text: (value) => percentOf(language, value),
  }))
  return (
    <Section title={t('parts.charts')}>
      <div className="parts-card">
        <Sparkline points={points} share label={t('wall.trend', { n: points.length })} />
      </div>
      <div className="parts-card">
        <Chart title={t('wall.trend', { n: points.length })} series={series} />
      </div>
    </Section>
  )
}
