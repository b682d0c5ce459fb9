import type { Workflow } from '../workflow.ts'
import { jointEvent } from './joint-event.ts'

/** Every workflow this program can run; a city names them in its matters. */
export const workflows: Readonly<Record<string, Workflow>> = { [jointEvent.name]: jointEvent }
