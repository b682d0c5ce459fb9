import { Type } from '@sinclair/typebox'
import { closed, Cursor, endpoint, Instant, Limit, Nullable, PageOf, Uuid } from '../endpoint.ts'

const PostView = closed({ id: Uuid, title: Type.String(), unitCode: Type.String(), unitName: Type.String(), areaCode: Type.String(), areaName: Type.String() })

export const SessionView = closed({
  personId: Uuid,
  personName: Type.String(),
  post: PostView,
  posts: Type.Array(PostView),
  permissions: Type.Array(Type.String()),
  endsAt: Instant,
})

export const identity = {
  signIn: endpoint({
    id: 'identity.signIn',
    method: 'POST',
    path: '/api/v1/session',
    permission: 'public',
    purposes: ['own-account'],
    status: 201,
    summary: 'Sign in; sets the session cookie and also returns the token for programs. `postId` picks one of several posts.',
    body: closed({
      login: Type.String({ minLength: 1, maxLength: 100 }),
      password: Type.String({ minLength: 1, maxLength: 200 }),
      postId: Type.Optional(Uuid),
    }),
    answer: closed({ token: Type.String(), session: SessionView }),
    errors: ['SIGN_IN_FAILED', 'ACCOUNT_LOCKED', 'RATE_LIMITED'],
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
    summary: 'Sign out.',
    answer: closed({ ended: Type.Boolean() }),
    errors: ['SESSION_MISSING'],
  }),
  listDemoPeople: endpoint({
    id: 'identity.listDemoPeople',
    method: 'GET',
    path: '/api/v1/demo-people',
    permission: 'public',
    purposes: [],
    status: 200,
    summary: 'The invented people of the demo city, with the demo password; empty in every other city.',
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
  listPeople: endpoint({
    id: 'identity.listPeople',
    method: 'GET',
    path: '/api/v1/people',
    permission: 'people.read',
    purposes: ['security-audit'],
    status: 200,
    summary: 'Everybody who may sign in, by login, with their posts and when they were last here.',
    query: closed({ q: Type.Optional(Type.String({ maxLength: 60 })), limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }),
    answer: PageOf(
      closed({ login: Type.String(), personName: Type.String(), postTitles: Type.Array(Type.String()), locked: Type.Boolean(), lastSeenAt: Nullable(Instant) }),
    ),
    errors: ['CURSOR_INVALID'],
  }),
  listUnits: endpoint({
    id: 'identity.listUnits',
    method: 'GET',
    path: '/api/v1/units',
    permission: 'session',
    purposes: [],
    status: 200,
    summary: 'Every unit that can own a case, by code.',
    answer: closed({
      rows: Type.Array(closed({ code: Type.String(), name: Type.String(), nameEn: Nullable(Type.String()), kind: Type.String(), areaCode: Type.String() })),
    }),
    errors: [],
  }),
}
