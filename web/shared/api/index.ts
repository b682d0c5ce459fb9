export { ApiProvider, useClient } from './ApiProvider.tsx'
export { createClient, type Client, type Sent } from './client.ts'
export { ApiProblem, isSignedOut, type ProblemCode } from './problem.ts'
export { useAnswer, useAnswerPages, useCache, type Asked, type AskedPages, type Cache } from './use-answer.ts'
