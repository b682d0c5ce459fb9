import { STEPS } from '@linli/contract/workflow'
import { useI18n } from '../i18n/index.ts'
import { Sign } from './Sign.tsx'
import { signOf } from './signs.ts'

/** Where a case stands in the six public steps (六步闭环). */
export function StepBar({ step, state, ended }: { step: string; state: string; ended: boolean }) {
  const { word } = useI18n()
  const at = STEPS.findIndex((candidate) => candidate === step)
  const voided = signOf(step, state) === 'voided'
  return (
    <ol className="step-bar" data-voided={voided}>
      {STEPS.map((candidate, index) => (
        <li
          key={candidate}
          data-place={index < at || (ended && !voided) ? 'done' : index === at ? 'now' : 'later'}
          aria-current={index === at ? 'step' : undefined}
        >
          <Sign name={voided && index === at ? 'voided' : candidate} size={20} />
          <span>{word('step', candidate)}</span>
        </li>
      ))}
    </ol>
  )
}
