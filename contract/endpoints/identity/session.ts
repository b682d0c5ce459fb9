import { Type } from '@sinclair/typebox'
import { closed, Count, endpoint, Instant, Nullable, Uuid } from '../../endpoint.ts'

const PostView = closed({
  id: Uuid,
  title: Type.String(),
  unitCode: Type.String(),
  unitName: Type.String(),
  areaCode: Type.String(),
  areaName: Type.String(),
  /** True where the person stands in for the holder (代理) until the instant. */
  deputy: Type.Boolean(),
  until: Nullable(Instant),
})

export const SessionView = closed({
  personId: Uuid,
  personName: Type.String(),
  post: PostView,
  posts: Type.Array(PostView),
  permissions: Type.Array(Type.String()),
  /** Permissions of the post that this session may not use until a second factor is set up and used. */
  withheld: Type.Array(Type.String()),
  endsAt: Instant,
})
export const SignedIn = closed({ token: Type.String(), session: SessionView })
export const Password = Type.String({ minLength: 1, maxLength: 200 })
/** A one-time secret that this program gave out: a challenge, an invitation. */
export const Secret = Type.String({ minLength: 20, maxLength: 100, pattern: '^[\\w-]+$' })

export const session = {
  signIn: endpoint({
    id: 'identity.signIn',
    method: 'POST',
    path: '/api/v1/session',
    permission: 'public',
    purposes: ['own-account'],
    status: 201,
    summary:
      'Sign in; sets the session cookie and also returns the token for programs. `postId` picks one of several posts. Who has a second factor is answered SECOND_FACTOR_NEEDED with a `challenge` in `extra`, which identity.completeSignIn takes; who must change the password, PASSWORD_EXPIRED with one for identity.renewPassword.',
    body: closed({ login: Type.String({ minLength: 1, maxLength: 100 }), password: Password, postId: Type.Optional(Uuid) }),
    answer: SignedIn,
    errors: ['SIGN_IN_FAILED', 'SECOND_FACTOR_NEEDED', 'PASSWORD_EXPIRED', 'ACCOUNT_LOCKED', 'RATE_LIMITED'],
  }),
  me: endpoint({
    id: 'identity.me',
    method: 'GET',
    path: '/api/v1/session',
    permission: 'session',
    purposes: ['own-account'],
    status: 200,
    summary: 'Who is signed in, at which post, with which permissions.',
    answer: SessionView,
    errors: ['SESSION_MISSING'],
  }),
  takePost: endpoint({
    id: 'identity.takePost',
    method: 'PUT',
    path: '/api/v1/session/post',
    permission: 'session',
    purposes: ['own-account'],
    status: 200,
    summary: 'Act at another of one’s own posts.',
    body: closed({ postId: Uuid }),
    answer: SessionView,
    errors: ['SESSION_MISSING', 'NOT_FOUND'],
  }),
  signOut: endpoint({
    id: 'identity.signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    permission: 'session',
    purposes: [],
    status: 200,
    summary: 'Sign out. `providerUrl` is where a browser that came through the city’s sign-in service goes to sign out there too.',
    answer: closed({ ended: Type.Boolean(), providerUrl: Type.Optional(Type.String()) }),
    errors: ['SESSION_MISSING'],
  }),
  signInWays: endpoint({
    id: 'identity.signInWays',
    method: 'GET',
    path: '/api/v1/sign-in-ways',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'How people may sign in here: always by password; by the city’s sign-in service where one is configured; and the rules a new password must meet.',
    answer: closed({
      password: Type.Boolean(),
      /** The city's own sign-in service (统一身份认证), null where none is configured. */
      provider: Nullable(closed({ name: Type.String() })),
      passwordRules: closed({ minLength: Count, history: Count, rotationDays: Nullable(Count) }),
    }),
    errors: [],
  }),
  changePassword: endpoint({
    id: 'identity.changePassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    permission: 'session',
    purposes: [],
    status: 200,
    summary: 'Change one’s own password; every other session of oneself ends.',
    body: closed({ password: Password, newPassword: Password }),
    answer: closed({ endedSessions: Count }),
    errors: ['DEMO_ACCOUNT_FIXED', 'SESSION_MISSING', 'PASSWORD_WRONG', 'PASSWORD_WEAK', 'ACCOUNT_LOCKED'],
  }),
  renewPassword: endpoint({
    id: 'identity.renewPassword',
    method: 'POST',
    path: '/api/v1/session/password-renewal',
    permission: 'public',
    purposes: [],
    status: 201,
    summary: 'Set a new password in place of one that is too old, with the challenge of PASSWORD_EXPIRED; then sign in with it.',
    body: closed({ challenge: Secret, newPassword: Password }),
    answer: closed({ renewed: Type.Boolean() }),
    errors: ['CHALLENGE_ENDED', 'PASSWORD_WEAK', 'RATE_LIMITED'],
  }),
  acceptInvitation: endpoint({
    id: 'identity.acceptInvitation',
    method: 'POST',
    path: '/api/v1/invitations/acceptance',
    permission: 'public',
    purposes: ['own-account'],
    status: 201,
    summary: 'Set one’s own first or forgotten password with an invitation, once; answers the login to sign in with.',
    body: closed({ invitation: Secret, password: Password }),
    answer: closed({ login: Type.String() }),
    errors: ['INVITATION_ENDED', 'PASSWORD_WEAK', 'RATE_LIMITED'],
  }),
  listDemoPeople: endpoint({
    id: 'identity.listDemoPeople',
    method: 'GET',
    path: '/api/v1/demo-people',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'The invented people of the demo city, with the demo password; empty in every other city. No second factor is asked of them.',
    answer: closed({
      password: Nullable(Type.String()),
      rows: Type.Array(
        closed({
          login: Type.String(),
          personName: Type.String(),
          postTitle: Type.String(),
          unitName: Type.String(),
          areaName: Type.String(),
          step: Type.String(),
        }),
      ),
    }),
    errors: [],
  }),
}
