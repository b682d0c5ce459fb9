import type { ServiceView } from '@linli/contract/endpoints/open311'
import type { Static } from '@sinclair/typebox'
import { attributesOf } from './attributes.ts'
import type { ServiceMatter } from './ports.ts'

/** Chinese words of the domains of the national numbering (GB/T 30428.2); another domain is shown by its own word. */
const DOMAINS: Readonly<Record<string, string>> = { component: '部件', event: '事件' }
/** What is offered where the city says nothing: things and occurrences in public space, which is what the standard is for. */
export const PUBLIC_DOMAINS = Object.keys(DOMAINS)

/** True for a matter (事项) that can be reported as a service: of an offered domain, with a row that says when it is filed. */
export function isService(matter: ServiceMatter, domains: readonly string[]): boolean {
  return domains.includes(matter.domain) && matter.filings.length > 0
}

/** A matter as GeoReport v2 lists a service; every service answers with its number at once. */
export function serviceView(matter: ServiceMatter): Static<typeof ServiceView> {
  const domain = DOMAINS[matter.domain] ?? matter.domain
  return {
    service_code: matter.key,
    service_name: matter.name,
    description: matter.description ?? [...new Set(matter.filings)].join('；'),
    metadata: attributesOf(matter.form).length > 0,
    type: 'realtime',
    keywords: [...new Set([...matter.aliases, matter.className, domain].filter((word) => word !== matter.name))].join(','),
    group: `${domain} · ${matter.className}`,
  }
}
