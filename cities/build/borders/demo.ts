import { meander, type BorderNetwork, type Point } from './network.ts'

/** Where the river enters and leaves the city. */
const SPRING: Point = [112.9845, 32.3452]
const MEETING: Point = [112.9905, 32.2625]

/**
 * The invented districts of Linli City (邻里市), about 20 km × 15 km. The place is real land, the city on it is not: no line
 * follows any real boundary. A river parts the first two districts, a ridge the third.
 */
export const demoBorders: BorderNetwork = {
  seed: 20261122,
  corners: { north: SPRING, meeting: MEETING, west: [112.8885, 32.2525], east: [113.0985, 32.259] },
  arcs: {
    river: { from: 'north', to: 'meeting', via: meander(SPRING, MEETING, 5, 0.16), roughness: 0.05, halvings: 1 },
    westRidge: {
      from: 'west',
      to: 'meeting',
      via: [
        [112.923, 32.2625],
        [112.9575, 32.2525],
      ],
      roughness: 0.12,
      halvings: 4,
    },
    eastRidge: {
      from: 'meeting',
      to: 'east',
      via: [
        [113.017, 32.2715],
        [113.0555, 32.2605],
      ],
      roughness: 0.12,
      halvings: 4,
    },
    northWest: {
      from: 'north',
      to: 'west',
      via: [
        [112.931, 32.352],
        [112.8965, 32.333],
        [112.8805, 32.293],
      ],
      roughness: 0.1,
      halvings: 4,
    },
    northEast: {
      from: 'east',
      to: 'north',
      via: [
        [113.1075, 32.301],
        [113.078, 32.338],
        [113.022, 32.3475],
      ],
      roughness: 0.1,
      halvings: 4,
    },
    south: {
      from: 'west',
      to: 'east',
      via: [
        [112.887, 32.229],
        [112.916, 32.2075],
        [112.985, 32.2015],
        [113.052, 32.21],
        [113.0915, 32.2285],
      ],
      roughness: 0.1,
      halvings: 4,
    },
  },
  districts: {
    990101: ['northWest', 'westRidge', '-river'],
    990102: ['river', 'eastRidge', 'northEast'],
    990103: ['south', '-eastRidge', '-westRidge'],
  },
}
