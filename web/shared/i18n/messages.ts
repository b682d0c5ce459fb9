import { command as commandEn } from './en/command.ts'
import { desk as deskEn } from './en/console.ts'
import { deskOperations as deskOperationsEn } from './en/console-operations.ts'
import { deskPeople as deskPeopleEn } from './en/console-people.ts'
import { deskDuties as deskDutiesEn } from './en/console-duties.ts'
import { deskGround as deskGroundEn } from './en/console-ground.ts'
import { deskPrivacy as deskPrivacyEn } from './en/console-privacy.ts'
import { deskQueue as deskQueueEn } from './en/console-queue.ts'
import { deskRules as deskRulesEn } from './en/console-rules.ts'
import { deskStrands as deskStrandsEn } from './en/console-strands.ts'
import { field as fieldEn } from './en/field.ts'
import { loop as loopEn } from './en/loop.ts'
import { explain as explainEn } from './en/explain.ts'
import { reasons as reasonsEn } from './en/reasons.ts'
import { rights as rightsEn } from './en/rights.ts'
import { strands as strandsEn } from './en/strands.ts'
import { track as trackEn } from './en/track.ts'
import { report as reportEn } from './en/report.ts'
import { screen as screenEn } from './en/screen.ts'
import { wall as wallEn } from './en/wall.ts'
import { command } from './zh-cn/command.ts'
import { desk } from './zh-cn/console.ts'
import { deskOperations } from './zh-cn/console-operations.ts'
import { deskPeople } from './zh-cn/console-people.ts'
import { deskDuties } from './zh-cn/console-duties.ts'
import { deskGround } from './zh-cn/console-ground.ts'
import { deskPrivacy } from './zh-cn/console-privacy.ts'
import { deskQueue } from './zh-cn/console-queue.ts'
import { deskRules } from './zh-cn/console-rules.ts'
import { deskStrands } from './zh-cn/console-strands.ts'
import { field } from './zh-cn/field.ts'
import { loop } from './zh-cn/loop.ts'
import { explain } from './zh-cn/explain.ts'
import { reasons } from './zh-cn/reasons.ts'
import { rights } from './zh-cn/rights.ts'
import { strands } from './zh-cn/strands.ts'
import { track } from './zh-cn/track.ts'
import { report } from './zh-cn/report.ts'
import { screen } from './zh-cn/screen.ts'
import { wall } from './zh-cn/wall.ts'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const source = {
  ...loop,
  ...screen,
  ...command,
  ...wall,
  ...explain,
  ...reasons,
  ...rights,
  ...strands,
  ...track,
  ...report,
  ...field,
  ...desk,
  ...deskOperations,
  ...deskPeople,
  ...deskDuties,
  ...deskGround,
  ...deskPrivacy,
  ...deskQueue,
  ...deskRules,
  ...deskStrands,
}
export type MessageKey = keyof typeof source

/** Every word that a person reads (文案); zh-CN is the source. */
export const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  'zh-CN': source,
  en: {
    ...loopEn,
    ...screenEn,
    ...commandEn,
    ...wallEn,
    ...explainEn,
    ...reasonsEn,
    ...rightsEn,
    ...strandsEn,
    ...trackEn,
    ...reportEn,
    ...fieldEn,
    ...deskEn,
    ...deskOperationsEn,
    ...deskPeopleEn,
    ...deskDutiesEn,
    ...deskGroundEn,
    ...deskPrivacyEn,
    ...deskQueueEn,
    ...deskRulesEn,
    ...deskStrandsEn,
  },
}
