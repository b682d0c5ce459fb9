/** Where something was found: as the telephone said, or as somebody put the pin. */
export interface Spot {
  readonly lon: number
  readonly lat: number
  /** Metres; null where somebody put the pin by hand. */
  readonly accuracyM: number | null
}
/** A report that is being written (草稿); its photos lie beside it. */
export interface ReportDraft {
  readonly photos: readonly string[]
  readonly spot: Spot | null
  readonly matter: string | null
  readonly row: number | null
  readonly text: string
  readonly address: string
  readonly component: string | null
  /** The sender was asked about the coordinate system and says that it is right. */
  readonly confirmed: boolean
}

export const EMPTY_DRAFT: ReportDraft = { photos: [], spot: null, matter: null, row: null, text: '', address: '', component: null, confirmed: false }

/** What a report still lacks (缺项): a spot, and something said or a matter chosen. */
export function lacksOf(draft: ReportDraft): readonly ('spot' | 'words')[] {
  return [...(draft.spot === null ? (['spot'] as const) : []), ...(draft.text.trim() === '' && draft.matter === null ? (['words'] as const) : [])]
}

/** True where nothing has been written yet. */
export function isEmpty(draft: ReportDraft): boolean {
  return draft.photos.length === 0 && draft.matter === null && draft.text.trim() === '' && draft.address.trim() === ''
}
