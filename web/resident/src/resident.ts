import './styles/resident.css'
import { rememberDraft } from './draft.ts'
import { focusMistakes } from './focus.ts'
import { offerMap } from './offer-map.ts'
import { shrinkPhotos } from './photos.ts'
import { offerPlaces } from './places.ts'
import { offerReading } from './read-aloud.ts'
import { keepReceipt, listReceipts } from './receipts.ts'

// Every page stands without this script; each of these only adds what a page can do with one, and a browser that lacks something goes without it.
for (const improve of [focusMistakes, offerReading, keepReceipt, listReceipts, rememberDraft, shrinkPhotos, offerPlaces, offerMap]) {
  try {
    improve()
  } catch (error) {
    console.error(error)
  }
}
