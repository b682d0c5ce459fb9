import type { City } from '@linli/contract/city'

/** Calendars beside the standard one; a matter names one in the column `calendar` of the catalogue. Ours, as examples that a city edits. */
export const calendars: NonNullable<City['calendars']> = [
  { id: 'utility-24h', zh: '水电气暖昼夜保障', en: 'Utilities, day and night', region: 'none', officeHours: [['00:00', '24:00']], weekend: [] },
  {
    id: 'split-office',
    zh: '夏季作息（午间较长）',
    en: 'Summer hours with a long noon',
    region: 'CN',
    officeHours: [
      ['08:30', '12:00'],
      ['14:00', '18:00'],
    ],
  },
  {
    id: 'service-hall',
    zh: '政务大厅（午间不休，周五早收）',
    en: 'Service hall (open at noon, early on Fridays)',
    region: 'CN',
    officeHours: [['09:00', '17:00']],
    byWeekday: { '5': [['09:00', '16:00']] },
  },
]
