import { useI18n } from '@linli/web-shared/i18n'
import { useRef, useLayoutEffect, useState } from 'react'
import { Moment } from '../parts/Moment.tsx'
import { Section } from '../parts/Page.tsx'
import { layersOf } from './layers.ts'
import type { OperationsState } from './types.ts'

type System = OperationsState['systems'][number]

/** The register of systems (系统登记): what runs with the program and what it stands on, with a line to everything that each needs. */
export function Systems({ systems }: { systems: readonly System[] }) {
  const { t, pick } = useI18n()
  const frame = useRef<HTMLDivElement>(null)
  const [lines, setLines] = useState<readonly { readonly key: string; readonly path: string; readonly bad: boolean }[]>([])
  const layers = layersOf(systems)
  const nameOf = (key: string) => {
    const found = systems.find((system) => system.key === key)
    return found ? pick(found) : key
  }
  useLayoutEffect(() => {
    const box = frame.current
    if (!box) return undefined
    const draw = () => {
      const home = box.getBoundingClientRect()
      const placeOf = (key: string) => box.querySelector(`[data-key="${CSS.escape(key)}"]`)?.getBoundingClientRect()
      setLines(
        systems.flatMap((system) =>
          system.dependsOn.flatMap((other) => {
            const [from, to] = [placeOf(system.key), placeOf(other)]
            if (!from || !to) return []
            const [x1, y1] = [from.left + from.width / 2 - home.left, from.bottom - home.top]
            const [x2, y2] = [to.left + to.width / 2 - home.left, to.top - home.top]
            const bend = Math.max(14, Math.abs(y2 - y1) / 2)
            const state = systems.find(({ key }) => key === other)?.state
            return [
              {
                key: `${system.key} ${other}`,
                path: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`,
                bad: state === 'down' || state === 'degraded',
              },
            ]
          }),
        ),
      )
    }
    const watch = new ResizeObserver(draw)
    watch.observe(box)
    draw()
    return () => watch.disconnect()
  }, [systems])
  return (
    <Section title={t('operations.systems')} note={t('operations.systemsNote')}>
      <div className="systems" ref={frame}>
        <svg aria-hidden="true">
          {lines.map((line) => (
            <path key={line.key} d={line.path} data-bad={line.bad} />
          ))}
        </svg>
        {layers.map((layer) => (
          <ul key={layer.map(({ key }) => key).join()}>
            {layer.map((system) => (
              <li key={system.key} data-key={system.key} data-state={system.state}>
                <span className="system-state">
                  <i aria-hidden="true" />
                  {t(`operations.system.${system.state}`)}
                </span>
                <strong>{pick(system)}</strong>
                {system.address !== null && <code>{system.address}</code>}
                {system.detail !== null && <p className="late">{system.detail}</p>}
                {system.dependsOn.length > 0 && (
                  <p className="system-needs">{t('operations.needs', { names: system.dependsOn.map((key) => nameOf(key)).join(t('console.listComma')) })}</p>
                )}
                <small>
                  {t(`operations.kind.${system.kind}`)}
                  {system.checkedAt !== null && (
                    <>
                      {' · '}
                      {t('operations.checked')} <Moment at={system.checkedAt} />
                    </>
                  )}
                </small>
              </li>
            ))}
          </ul>
        ))}
      </div>
    </Section>
  )
}
