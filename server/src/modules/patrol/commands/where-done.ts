import { Refusal } from '@linli/contract/errors'
import type { PatrolPorts } from '../ports.ts'

/** How far outside its grid a position may lie, in metres: what a telephone's own error amounts to between houses. */
const TOLERANCE_M = 100
const METRES_PER_DEGREE = 111_195

/** Refuses a position (WGS84) that lies neither in the grid nor within 100 m of it, with DUTY_POSITION_ELSEWHERE. */
export function refusePosition(ports: PatrolPorts, gridCode: string, { lon, lat }: { readonly lon: number; readonly lat: number }): void {
  if (ports.gridAt(lon, lat) === gridCode) return
  const squeeze = Math.cos((lat * Math.PI) / 180)
  for (const reach of [TOLERANCE_M / 2, TOLERANCE_M])
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = (turn * Math.PI) / 8
      const near = ports.gridAt(lon + (reach * Math.cos(angle)) / (METRES_PER_DEGREE * squeeze), lat + (reach * Math.sin(angle)) / METRES_PER_DEGREE)
      if (near === gridCode) return
    }
  throw new Refusal('DUTY_POSITION_ELSEWHERE', [{ pointer: '/body/position', code: 'DUTY_POSITION_ELSEWHERE', detail: gridCode }])
}
