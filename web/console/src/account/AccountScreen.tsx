import { useI18n } from '@linli/web-shared/i18n'
import { useDesk } from '../desk.ts'
import { Moment } from '../parts/Moment.tsx'
import { Facts, Page, Section } from '../parts/Page.tsx'
import { nameOf } from '../screens.ts'
import { MyHandOvers } from './MyHandOvers.tsx'
import { PasswordPart } from './PasswordPart.tsx'
import { SecondFactorPart } from './SecondFactorPart.tsx'

/** My account (本人账户): who I am here, how I sign in, and what was handed over to me. */
export default function AccountScreen() {
  const { t } = useI18n()
  const { me } = useDesk()
  return (
    <Page title={t(nameOf('account'))}>
      <Facts
        rows={[
          [t('people.name'), me.personName],
          [t('console.post'), me.post.title],
          [t('command.unit'), me.post.unitName],
          [t('command.area'), me.post.areaName],
          [t('console.sessionEnds'), <Moment key="ends" at={me.endsAt} />],
        ]}
      />
      <Section title={t('console.handedToMe')}>
        <MyHandOvers />
      </Section>
      <Section title={t('console.secondFactor')}>
        <SecondFactorPart />
      </Section>
      <Section title={t('command.password')}>
        <PasswordPart />
      </Section>
    </Page>
  )
}
