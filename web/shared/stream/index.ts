export { openStream, type StreamState } from './open-stream.ts'
export { useStream, type StreamView } from './use-stream.ts'
