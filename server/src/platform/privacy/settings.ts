import type { City } from '@linli/contract/city'

/** Limits of reveals and exports; the city's own where it names them. */
export interface PrivacySettings {
  readonly revealsPerHour: number
  readonly emergencyRevealsPerHour: number
  readonly exportExpiryHours: number
  readonly exportAlertRows: number
  readonly exportMaxRows: number
}

const STANDARD: PrivacySettings = { revealsPerHour: 20, emergencyRevealsPerHour: 5, exportExpiryHours: 72, exportAlertRows: 1_000, exportMaxRows: 200_000 }

/** The limits in force in a city. */
export const privacySettings = (city: City): PrivacySettings => ({ ...STANDARD, ...city.privacy })
