import type { AnswerOf } from '@linli/contract/endpoint'
import type { identity } from '@linli/contract/endpoints/identity'

type Roles = AnswerOf<typeof identity.listRoles>

/** The declared pairs (职责分离) that roles would bring together at one post; the server decides, this only says so earlier. */
export function conflictsOf(roles: Roles, chosen: readonly string[]): Roles['conflicts'] {
  const permissions = new Set(roles.rows.filter((row) => chosen.includes(row.role)).flatMap((row) => row.permissions))
  return roles.conflicts.filter((conflict) => conflict.permissions.every((permission) => permissions.has(permission)))
}
