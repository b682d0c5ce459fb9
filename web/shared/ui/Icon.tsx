const PATHS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20.5 20.5',
  close: 'M6 6 18 18M18 6 6 18',
  back: 'M14.5 5 7.5 12l7 7',
  next: 'M9.5 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  theme: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h6.500M12 12h9M12 16h6.500',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  home: 'M4 11.5 12 4l8 7.5M6 10v10h12V10',
  grid: 'M4 4h16v16H4zM4 12h16M12 4v16',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500',
  help: 'M9 9.200a3 3 0 1 1 4.300 2.700c-.900.500-1.300 1.100-1.300 2.100M12 17.500v.3M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  link: 'M10 14a4 4 0 0 0 6 .500l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 6 6l1-1',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  check: 'M5 12.500l4.500 4.500L19 7',
  alert: 'M12 4 2.800 20h18.400zM12 10v5M12 17.500v.300',
  chain: 'M8 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-1M9 12h6',
  pin: 'M12 21c4-4.500 7-7.500 7-11a7 7 0 0 0-14 0c0 3.500 3 6.500 7 11zM12 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  download: 'M12 4v11M7 10.500l5 5 5-5M5 20h14',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  bell: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.500 2 6.500H4S6 15 6 10zM10 19.500a2.200 2.200 0 0 0 4 0',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300M19.500 3.500v4h-4',
  pulse: 'M3 12h4l2.500-6 4 13 3-7H21',
  people:
    'M9 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM2.500 19.500c.800-3.500 3.500-4.800 6.500-4.800s5.700 1.300 6.500 4.800M16 5.500a3.200 3.200 0 0 1 0 6.200M18 15.200c1.800.600 3 2 3.500 4.300',
  seat: 'M7 4v9h10V4M5 20v-5h14v5M5 13V9M19 13V9',
  building: 'M5 20V5h9v15M14 9h5v11M3 20h18M8 8.500h3M8 12h3M8 15.500h3',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7v5.500l3.500 2',
  list: 'M9 6h11M9 12h11M9 18h11M4.500 6h.100M4.500 12h.100M4.500 18h.100',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8.500-8.500M16 7l3 3',
  eye: 'M2.500 12c2.500-4.500 5.500-6.500 9.500-6.500s7 2 9.500 6.500c-2.500 4.500-5.500 6.500-9.500 6.500s-7-2-9.500-6.500zM12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600z',
  book: 'M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8.500 3.500V8M15.500 3.500V8',
  whistle: 'M3 9h11v2.500a5 5 0 1 1-9.500 2.200zM14 9h6v3h-6.500M9 12.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
  merge: 'M5 4v4c0 3 7 3 7 7v5M19 4v4c0 3-7 3-7 7M9 17.500l3 3 3-3',
  foot: 'M8 3.500c2.500 0 3.500 3 3 6l-.500 3.500H6.500L6 9c-.300-3 0-5.500 2-5.500zM6.700 15.500h3.500V18a1.700 1.700 0 0 1-3.500 0zM16 6.500c-2.300 0-3 2.500-2.600 5l.400 3h3.600l.400-3c.400-2.500 0-5-1.800-5zM13.900 17h3.400v2a1.700 1.700 0 0 1-3.400 0z',
  out: 'M14 4h5v16h-5M3 12h11M10 8l4 4-4 4',
  cut: 'M3 12h5l2-4M21 12h-5l-2 4M13 3l-2 18',
  steady: 'M4 12h16',
} as const
export type IconName = keyof typeof PATHS
export const ICONS = Object.keys(PATHS) as readonly IconName[]

/** A line icon; it stands beside words or in a button that has its own label, so readers of screens skip it. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
