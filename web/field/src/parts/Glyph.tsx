const PATHS = {
  house: 'M5 27V15l7-6 7 6v12M15 27v-8l6-5 6 5v8',
  today: 'M5 7h22v20H5zM5 13h22M11 4v6M21 4v6M11 19l3.500 3.500L21 17',
  camera: 'M4 10h6l2-4h8l2 4h6v16H4zM16 13a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  walk: 'M17.500 4.500a2.500 2.500 0 1 0 .1 0zM17 11l-5 4-1 5M17 11l1 7-4 4-2 6M18 18l4 4 1 6M17.500 12l4 3 4-.500',
  person: 'M16 5a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM5 28c1.500-6 5.500-8.500 11-8.500S25.500 22 27 28',
  send: 'M4 16 28 5l-8 23-5-9zM15 19 28 5',
  waits: 'M9 24a6 6 0 0 1-.500-12A8 8 0 0 1 24 13.500 5.500 5.500 0 0 1 23 24M16 16v12M12 20l4-4 4 4',
  offline: 'M9 24a6 6 0 0 1-.500-12 8 8 0 0 1 3-3.500M15 7.200A8 8 0 0 1 24 13.500 5.500 5.500 0 0 1 26 23M5 5l22 22',
  alert: 'M16 5 3 27h26zM16 13v7M16 23.500v.500',
  done: 'M6 17l7 7L27 9',
  pin: 'M16 29c6-7 10-11.500 10-16a10 10 0 0 0-20 0c0 4.500 4 9 10 16zM16 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  next: 'M12 6l10 10-10 10',
  back: 'M20 6 10 16l10 10',
  close: 'M7 7l18 18M25 7 7 25',
  plus: 'M16 6v20M6 16h20',
  minus: 'M6 16h20',
  search: 'M14 5a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM20.500 20.500 28 28',
  clock: 'M16 4a12 12 0 1 0 0 24 12 12 0 0 0 0-24zM16 9v7.500l5 3',
  power: 'M16 4v12M9.500 7.500a11 11 0 1 0 13 0',
  move: 'M4 12h22l-6-6M28 20H6l6 6',
  trash: 'M6 9h20M12 9V5h8v4M8.500 9l1.500 19h12l1.500-19',
  again: 'M26 16a10 10 0 1 1-3-7.200M26 4v6h-6',
  both: 'M6 6h14v14H6zM12 12h14v14H12z',
} as const
export type GlyphName = keyof typeof PATHS

/** A sign drawn for a thumb's distance; it stands beside words, or its button has a label, so readers of screens skip it. */
export function Glyph({ name, size = 24 }: { name: GlyphName; size?: number }) {
  return (
    <svg
      className="glyph"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.200"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
