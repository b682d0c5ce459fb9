/** Masking (脱敏) by kind, after the conventions that Chinese offices use (standards §5). A mask hides; it never lengthens what is known. */
export type Mask = 'none' | 'name' | 'contact' | 'phone' | 'idNumber' | 'idNumberStaff' | 'plate' | 'account' | 'address' | 'text'

const DOUBLE_SURNAMES =
  /^(欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐)/

/** Masks a name to its surname: 张* / 欧阳**; a single character is a surname and stays. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  const kept = DOUBLE_SURNAMES.test(name.trim()) && characters.length > 2 ? 2 : 1
  return characters.slice(0, kept).join('') + '*'.repeat(Math.max(1, characters.length - kept))
}

const middle = (text: string, front: number, back: number, stars = '****'): string => {
  const characters = [...text]
  // What would leave fewer than three characters hidden is hidden whole.
  if (characters.length < front + back + 3) return '*'.repeat(Math.max(1, characters.length))
  return characters.slice(0, front).join('') + stars + (back === 0 ? '' : characters.slice(-back).join(''))
}

/** Masks a telephone number: 138****1234; separators are kept out of it. */
function maskPhone(phone: string): string {
  const digits = halfWidth(phone).replaceAll(/[\s()+-]/g, '')
  return middle(digits.replace(/^86(?=1\d{10}$)/, ''), 3, 4)
}

/** Masks whatever somebody gave to be reached by: an e-mail address keeps its first letter and its host, all else is masked as a telephone number. */
export function maskContact(contact: string): string {
  const mail = /^([^\s@])[^\s@]*(@[^\s@]+)$/.exec(contact.trim())
  return mail ? `${mail[1]}***${mail[2]}` : maskPhone(contact)
}

/** Masks an ID number (公民身份号码) to its first and last character, or to 6 + 4 for staff who must tell two people apart. */
const maskIdNumber = (id: string, staff = false): string => (staff ? middle(id, 6, 4, '*'.repeat(8)) : middle(id, 1, 1, '*'.repeat(16)))
/** Masks a number plate (车牌): 鲁D***12. */
const maskPlate = (plate: string): string => middle(plate.replaceAll(/[\s·・.-]/g, ''), 2, 2, '***')
/** Masks an account to its last four digits. */
const maskAccount = (account: string): string => middle(account.replaceAll(/[\s-]/g, ''), 0, 4)

/** Masks an address to its community (社区); where none is named to the street or above, else to what stands before the first number. */
function maskAddress(address: string): string {
  const text = address.trim()
  if (text === '') return ''
  const community = /^.*?(社区|居委会|村委会|(?<![新小])村)/.exec(text)?.[0]
  const above = /^.*(街道|镇|乡|(?<![小园景校厂])区|县|市|省)/.exec(text)?.[0]
  const road = /^[^\d０-９一二三四五六七八九十百]+?(路|街|巷|大道|胡同)/.exec(text)?.[0]
  const kept = community ?? above ?? road ?? ''
  return kept === text ? text : `${kept}***`
}

const WIDE = /[０-９Ａ-Ｚａ-ｚ＠．－＋]/g
/** Full-width digits, letters and signs as the narrow ones that they stand for; one character each, so positions stay. */
const halfWidth = (text: string): string => text.replaceAll(WIDE, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))

const PROVINCE = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const day = String.raw`(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`
interface Pattern {
  readonly find: RegExp
  readonly mask: (found: string) => string
  readonly holds?: (found: string) => boolean
}

/** The longer first, so that an ID number is not taken for a telephone number with more behind it. */
const PATTERNS: readonly Pattern[] = [
  { find: /(?<![\w.%+-])[\w.%+-]+@[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?(?:\.[a-z\d-]{1,63})+/gi, mask: maskContact },
  { find: new RegExp(String.raw`(?<!\d)\d{6}(?:18|19|20)\d{2}${day}\d{3}[\dXx](?!\d)`, 'g'), mask: (id) => maskIdNumber(id) },
  { find: new RegExp(String.raw`(?<!\d)\d{6}\d{2}${day}\d{3}(?!\d)`, 'g'), mask: (id) => maskIdNumber(id) },
  { find: /(?<![\d-])[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d-])/g, mask: maskAccount, holds: isCard },
  { find: /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g, mask: maskPhone },
  { find: /(?<![\d-])0\d{2,3}[ -]?[2-9]\d{6,7}(?![\d-])/g, mask: maskPhone },
  {
    find: /(?<![零〇一二三四五六七八九幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/g,
    mask: (said) => middle(said, 3, 4),
  },
  {
    find: new RegExp(`[${PROVINCE}][A-HJ-NP-Za-hj-np-z][·・ -]?[A-HJ-NP-Za-hj-np-z\\d]{4,5}[A-HJ-NP-Za-hj-np-z\\d挂学警港澳](?![A-Za-z\\d])`, 'g'),
    mask: maskPlate,
    holds: (plate) => (plate.match(/\d/g) ?? []).length >= 3,
  },
]

/** Whether a number is a bank card's by its check digit (ISO/IEC 7812-1 annex B), so that component codes and case numbers mostly stay. */
function isCard(found: string): boolean {
  const digits = [...found.replaceAll(/\D/g, '')].map(Number).toReversed()
  const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0)
  return digits.length >= 16 && sum % 10 === 0
}

/** What every pattern needs at least: a list masks a title in each of its rows, and nearly none holds any of it. */
const PERHAPS = /[@＠]|(?:[\d０-９][^\d０-９]*){3}|[零〇一二三四五六七八九幺]{11}/

/**
 * Masks telephone and ID numbers, bank cards, number plates and e-mail addresses inside free text; all else stays as said. Names cannot be
 * found by a pattern and stay. Full-width and spaced numbers are found too. Masking twice changes nothing more.
 */
export function maskText(text: string): string {
  if (!PERHAPS.test(text)) return text
  let found = text
  for (const pattern of PATTERNS) {
    // Positions in the narrow text are those of the text itself.
    const narrow = halfWidth(found)
    let at = 0
    let next = ''
    for (const match of narrow.matchAll(pattern.find)) {
      if (pattern.holds?.(match[0]) === false) continue
      next += found.slice(at, match.index) + pattern.mask(match[0])
      at = match.index + match[0].length
    }
    found = next + found.slice(at)
  }
  return found
}

const MASKS: Readonly<Record<Mask, (value: string) => string>> = {
  none: (value) => value,
  name: maskName,
  contact: maskContact,
  phone: maskPhone,
  idNumber: (value) => maskIdNumber(value),
  idNumberStaff: (value) => maskIdNumber(value, true),
  plate: maskPlate,
  account: maskAccount,
  address: maskAddress,
  text: maskText,
}

/** Masks a value by its kind; an empty one stays empty. */
export function maskValue(mask: Mask, value: string): string {
  return value.trim() === '' ? value : MASKS[mask](value)
}

/** Whether a value looks like the mask of another: two stars in a row, or a name that ends in one. */
export function isMasked(mask: Mask, value: string): boolean {
  const narrow = value.replaceAll('＊', '*')
  return mask === 'name' ? /[^\s*]\*+$/.test(narrow.trim()) || /^\*+$/.test(narrow.trim()) : /\*{2,}/.test(narrow)
}
