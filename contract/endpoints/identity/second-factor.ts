import { Type } from '@sinclair/typebox'
import { closed, Count, endpoint, Instant, Nullable, Uuid } from '../../endpoint.ts'
import { Password, Secret, SignedIn } from './session.ts'

/** Six digits of an authenticator, or a recovery code; blanks and hyphens do not matter. */
const Code = Type.String({ minLength: 6, maxLength: 40 })

export const secondFactor = {
  completeSignIn: endpoint({
    id: 'identity.completeSignIn',
    method: 'POST',
    path: '/api/v1/session/second-step',
    permission: 'public',
    purposes: ['own-account'],
    status: 201,
    summary: 'The second step of a sign-in: the challenge of SECOND_FACTOR_NEEDED with a code of the authenticator, or one recovery code.',
    body: closed({ challenge: Secret, code: Code }),
    answer: SignedIn,
    errors: ['CHALLENGE_ENDED', 'SECOND_FACTOR_WRONG', 'PASSWORD_EXPIRED', 'ACCOUNT_LOCKED', 'RATE_LIMITED'],
  }),
  secondFactor: endpoint({
    id: 'identity.secondFactor',
    method: 'GET',
    path: '/api/v1/session/second-factor',
    permission: 'session',
    purposes: [],
    status: 200,
    summary: 'Whether oneself has a second factor, whether one’s posts demand it, and from when they do.',
    answer: closed({
      enrolledAt: Nullable(Instant),
      recoveryCodesLeft: Count,
      /** Permissions of one's posts that demand a second factor in this city. */
      demandedFor: Type.Array(Type.String()),
      /** Until then they are given without one. */
      graceEndsAt: Nullable(Instant),
      /** Invented people of the demo city, of whom none is asked. */
      exempt: Type.Boolean(),
    }),
    errors: ['SESSION_MISSING'],
  }),
  enrolSecondFactor: endpoint({
    id: 'identity.enrolSecondFactor',
    method: 'POST',
    path: '/api/v1/session/second-factor',
    permission: 'session',
    purposes: [],
    status: 201,
    summary:
      'Begin to set up an authenticator (RFC 6238): a new secret, and the otpauth URI to show as a QR code. It counts from identity.confirmSecondFactor on; asking again makes another. `password` is one’s own, needed where one signed in with it.',
    body: closed({ password: Type.Optional(Password) }),
    answer: closed({ secret: Type.String(), uri: Type.String() }),
    errors: ['DEMO_ACCOUNT_FIXED', 'SESSION_MISSING', 'SECOND_FACTOR_ENROLLED', 'PASSWORD_WRONG', 'ACCOUNT_LOCKED'],
  }),
  confirmSecondFactor: endpoint({
    id: 'identity.confirmSecondFactor',
    method: 'POST',
    path: '/api/v1/session/second-factor/confirmation',
    permission: 'session',
    purposes: [],
    status: 201,
    summary: 'Show with one code that the authenticator works. Answers ten recovery codes, this once; other sessions of oneself end.',
    body: closed({ code: Code }),
    answer: closed({ recoveryCodes: Type.Array(Type.String()) }),
    errors: ['SESSION_MISSING', 'SECOND_FACTOR_ENROLLED', 'SECOND_FACTOR_NOT_ENROLLED', 'SECOND_FACTOR_WRONG', 'ACCOUNT_LOCKED'],
  }),
  renewRecoveryCodes: endpoint({
    id: 'identity.renewRecoveryCodes',
    method: 'POST',
    path: '/api/v1/session/second-factor/recovery-codes',
    permission: 'session',
    purposes: [],
    status: 201,
    summary: 'Ten new recovery codes in place of the old ones, for a code of the authenticator.',
    body: closed({ code: Code }),
    answer: closed({ recoveryCodes: Type.Array(Type.String()) }),
    errors: ['SESSION_MISSING', 'SECOND_FACTOR_NOT_ENROLLED', 'SECOND_FACTOR_WRONG', 'ACCOUNT_LOCKED'],
  }),
  removeSecondFactor: endpoint({
    id: 'identity.removeSecondFactor',
    method: 'POST',
    path: '/api/v1/session/second-factor/removal',
    permission: 'session',
    purposes: [],
    status: 201,
    summary: 'Take one’s own second factor away, for instance to set up another telephone. Every session of oneself ends.',
    body: closed({ code: Code }),
    answer: closed({ endedSessions: Count }),
    errors: ['SESSION_MISSING', 'SECOND_FACTOR_NOT_ENROLLED', 'SECOND_FACTOR_WRONG', 'ACCOUNT_LOCKED'],
  }),
}

export const provider = {
  beginProviderSignIn: endpoint({
    id: 'identity.beginProviderSignIn',
    method: 'POST',
    path: '/api/v1/session/provider',
    permission: 'public',
    purposes: [],
    status: 201,
    summary:
      'Begin to sign in through the city’s sign-in service (OpenID Connect): the address to send the browser to. It comes back to the configured page with `?code=…&state=…`, which that page hands to identity.completeProviderSignIn.',
    answer: closed({ url: Type.String() }),
    errors: ['PROVIDER_NOT_CONFIGURED', 'PROVIDER_NOT_READY', 'RATE_LIMITED'],
  }),
  completeProviderSignIn: endpoint({
    id: 'identity.completeProviderSignIn',
    method: 'POST',
    path: '/api/v1/session/provider/answer',
    permission: 'public',
    purposes: ['own-account'],
    status: 201,
    summary: 'Complete a sign-in through the city’s sign-in service: `query` is the query string that it sent the browser back with, as it came.',
    body: closed({ query: Type.String({ minLength: 1, maxLength: 8_000 }), postId: Type.Optional(Uuid) }),
    answer: SignedIn,
    errors: [
      'PROVIDER_NOT_CONFIGURED',
      'PROVIDER_NOT_READY',
      'PROVIDER_ANSWER_REFUSED',
      'PROVIDER_PERSON_UNKNOWN',
      'CHALLENGE_ENDED',
      'SECOND_FACTOR_NEEDED',
      'ACCOUNT_LOCKED',
      'RATE_LIMITED',
    ],
  }),
}
