export const PASSWORD_MIN_LENGTH = 12
export const PASSWORD_HISTORY = 5

/** Words that make up guessable passwords, whatever digits and signs stand around them. */
const COMMON_WORDS = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'administrator',
  'admin',
  'root',
  'welcome',
  'letmein',
  'changeme',
  'secret',
  'iloveyou',
  'woaini',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  'qazwsxedc',
  'qazwsx',
  'abcdefghijkl',
  'abcdef',
  'abc',
  'linli',
  'linlidemo',
  'demo',
  'test',
]
const ROWS = [
  '01234567890123456789',
  '09876543210987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb',
]
const FEWEST_CHARACTERS = 5

export type PasswordProblem = 'length' | 'common' | 'login'

/**
 * What is wrong with a new password (口令): shorter than twelve characters, among those that guessers try first, or made of the login or the name.
 * No mixture of kinds is asked for: it makes passwords no harder to guess (NIST SP 800-63B-4 §3.1.1.2).
 */
export function passwordProblems(password: string, own: { readonly login: string; readonly name: string }): PasswordProblem[] {
  const said = password.normalize('NFC').toLowerCase()
  const letters = [...said]
  const cores = [said.replaceAll(/[^\p{L}@]/gu, ''), said.replaceAll(/^[^\p{L}@]+|[^\p{L}@]+$/gu, '')]
  const isCommon =
    new Set(letters).size < FEWEST_CHARACTERS ||
    isRepeated(said) ||
    ROWS.some((row) => row.includes(said) || [...row].toReversed().join('').includes(said)) ||
    COMMON_WORDS.some((word) => cores.includes(word) || cores.includes(word.repeat(2)))
  const login = own.login.toLowerCase()
  const name = own.name.normalize('NFC').toLowerCase()
  const isOwn = said.includes(login) || (login.length >= 6 && said.includes([...login].toReversed().join(''))) || (name.length > 1 && said.includes(name))
  return [...(letters.length < PASSWORD_MIN_LENGTH ? ['length' as const] : []), ...(isCommon ? ['common' as const] : []), ...(isOwn ? ['login' as const] : [])]
}

/** True where a text is a short piece written three times or more. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      text.length >= size * 3 &&
      text ===
        text
          .slice(0, size)
          .repeat(Math.ceil(text.length / size))
          .slice(0, text.length),
  )
}
