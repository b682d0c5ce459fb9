export { collect, type Collector } from './collect.ts'
export { openStream, type StreamState } from './open-stream.ts'
export { useStream, type StreamView } from './use-stream.ts'
export { throttled } from './throttle.ts'
