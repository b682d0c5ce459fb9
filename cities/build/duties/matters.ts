import type { DutyList } from '@linli/contract/city'
import type { Finding } from './form.ts'
import { classes, drafts } from './items.ts'

type Matters = Readonly<Partial<Record<Finding, readonly string[]>>>

/** Which matters of the demo city a finding may open; what it does not have stays with a person's report. */
const demo: Matters = {
  bench: ['gbt30428-component-0407', 'gbt30428-component-0146'],
  bicycles: ['gbt30428-event-0410'],
  burning: ['gbt30428-event-0120', 'gbt30428-event-0129'],
  collapse: ['gbt30428-event-0505'],
  cover: ['gbt30428-component-0101', 'gbt30428-component-0102', 'gbt30428-component-0103'],
  debris: ['gbt30428-event-0111', 'gbt30428-event-0136'],
  dirtyWater: ['gbt30428-event-0125'],
  dog: ['local-joint-0101'],
  eBike: ['local-joint-0102'],
  fireLane: ['gbt30428-event-0496'],
  fumes: ['local-joint-0402'],
  gas: ['local-joint-0201'],
  gasPipe: ['gbt30428-event-0502'],
  lamp: ['gbt30428-component-0137'],
  noise: ['gbt30428-event-0128', 'gbt30428-event-0301'],
  pollution: ['gbt30428-event-0126'],
  road: ['gbt30428-event-0113'],
  rubbish: ['gbt30428-event-0110', 'gbt30428-event-0112'],
  sheds: ['gbt30428-event-0101'],
  shopfront: ['gbt30428-event-0405'],
  siteFence: ['gbt30428-event-0307', 'gbt30428-event-0304'],
  stairs: ['local-joint-0202'],
  stalls: ['gbt30428-event-0401'],
  stickers: ['gbt30428-event-0201'],
  tree: ['gbt30428-component-0402'],
  water: ['gbt30428-event-0506'],
  waterPipe: ['gbt30428-event-0501'],
  wire: ['gbt30428-event-0508'],
}

const joint = (...codes: readonly string[]) => codes.map((code) => `local-joint-${code}`)
/** Which of the 351 items of joint handling a finding may open. */
const zaozhuang: Matters = {
  bench: joint('0335', '0336'),
  bicycles: joint('0338', '0340'),
  building: joint('0252', '0254'),
  burning: joint('0529', '0537'),
  collapse: joint('0246'),
  cover: joint('0301', '0303', '0305'),
  debris: joint('0543', '0545'),
  dirtyWater: joint('0509', '0501'),
  dog: joint('0129', '0131'),
  eBike: joint('0216', '0217'),
  fireLane: joint('0201'),
  fumes: joint('0528'),
  gas: joint('0220', '0221'),
  lamp: joint('0325', '0329'),
  neighbours: joint('0405', '0430'),
  noise: joint('0530', '0521'),
  order: joint('0111', '0121'),
  pollution: joint('0513', '0501'),
  road: joint('0317', '0319'),
  rubbish: joint('0542'),
  sheds: joint('0354', '0355'),
  shopfront: joint('0337'),
  siteFence: joint('0520'),
  stairs: joint('0202'),
  stalls: joint('0341', '0337'),
  stickers: joint('0351', '0353'),
  tree: joint('0357', '0359'),
  wages: joint('0421'),
  water: joint('0318', '0320'),
  waterPipe: joint('0365', '0368'),
}

/** The grid items of a city with its own matters put in (duties.json). */
function listFor(matters: Matters): DutyList {
  const items = drafts.map(({ finds, ...draft }) => ({ ...draft, matters: [...new Set(finds.flatMap((finding) => matters[finding] ?? []))] }))
  return { classes: [...classes], items }
}

export const demoDuties = listFor(demo)
export const zaozhuangDuties = listFor(zaozhuang)
