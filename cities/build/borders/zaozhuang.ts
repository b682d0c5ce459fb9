import type { BorderNetwork } from './network.ts'

/**
 * Six adjoining shapes for Zaozhuang (枣庄市) at about the right place and of about the right size, drawn by our own code from a
 * handful of hand-set corners. They are FICTIONAL stand-ins, not boundaries: a city imports its own (areas import, GeoJSON).
 */
export const zaozhuangBorders: BorderNetwork = {
  seed: 370400,
  corners: {
    north: [117.335, 35.285],
    hills: [117.735, 34.93],
    eastFields: [117.79, 34.815],
    southEast: [117.815, 34.675],
    canal: [117.405, 34.59],
    southWest: [117.35, 34.67],
    lake: [117.165, 34.835],
    trebleWest: [117.335, 34.92],
    trebleNorth: [117.475, 34.915],
    trebleSouth: [117.475, 34.785],
  },
  arcs: {
    ridge: {
      from: 'north',
      to: 'trebleWest',
      via: [
        [117.29, 35.19],
        [117.345, 35.06],
      ],
      roughness: 0.16,
      halvings: 4,
    },
    northRim: {
      from: 'hills',
      to: 'north',
      via: [
        [117.715, 35.045],
        [117.625, 35.14],
        [117.505, 35.215],
      ],
      roughness: 0.14,
      halvings: 4,
    },
    hillFoot: { from: 'trebleNorth', to: 'hills', via: [[117.6, 34.925]], roughness: 0.14, halvings: 4 },
    shortRidge: { from: 'trebleWest', to: 'trebleNorth', roughness: 0.14, halvings: 5 },
    westRim: {
      from: 'north',
      to: 'lake',
      via: [
        [117.19, 35.275],
        [117.03, 35.27],
        [116.935, 35.145],
        [116.885, 35.0],
        [116.955, 34.875],
      ],
      roughness: 0.12,
      halvings: 4,
    },
    lakeRoad: { from: 'lake', to: 'trebleWest', via: [[117.25, 34.855]], roughness: 0.12, halvings: 4 },
    lakeShore: {
      from: 'lake',
      to: 'southWest',
      via: [
        [117.195, 34.755],
        [117.265, 34.675],
      ],
      roughness: 0.12,
      halvings: 4,
    },
    cityWest: { from: 'trebleSouth', to: 'trebleNorth', roughness: 0.1, halvings: 5 },
    springs: { from: 'southWest', to: 'trebleSouth', via: [[117.4, 34.735]], roughness: 0.12, halvings: 4 },
    eastRim: { from: 'eastFields', to: 'hills', roughness: 0.12, halvings: 5 },
    citySouth: { from: 'trebleSouth', to: 'eastFields', via: [[117.6, 34.79]], roughness: 0.12, halvings: 4 },
    orchardRim: { from: 'southEast', to: 'eastFields', roughness: 0.12, halvings: 5 },
    orchardSouth: {
      from: 'canal',
      to: 'southEast',
      via: [
        [117.52, 34.625],
        [117.68, 34.665],
      ],
      roughness: 0.1,
      halvings: 4,
    },
    orchardWest: { from: 'southWest', to: 'canal', roughness: 0.12, halvings: 5 },
    canalSouth: {
      from: 'canal',
      to: 'southEast',
      via: [
        [117.42, 34.51],
        [117.51, 34.475],
        [117.66, 34.475],
        [117.775, 34.53],
      ],
      roughness: 0.1,
      halvings: 4,
    },
  },
  districts: {
    370402: ['citySouth', 'eastRim', '-hillFoot', '-cityWest'],
    370403: ['lakeShore', 'springs', 'cityWest', '-shortRidge', '-lakeRoad'],
    370404: ['orchardWest', 'orchardSouth', 'orchardRim', '-citySouth', '-springs'],
    370405: ['canalSouth', '-orchardSouth'],
    370406: ['shortRidge', 'hillFoot', 'northRim', 'ridge'],
    370481: ['westRim', 'lakeRoad', '-ridge'],
  },
}
