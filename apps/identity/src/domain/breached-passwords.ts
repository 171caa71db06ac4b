/**
 * Words behind the passwords that attackers try first, in lower case. Passwords that satisfy rules on length and
 * characters are mostly one of these with an ending that people add to please a password form.
 */
const STEMS = `
  password passw0rd p4ssword p4ssw0rd p@ssword p@ssw0rd passwort passwd pass pa55word qwerty qwertz azerty qwertyuiop
  asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 zaq12wsx abc abcd abcde
  abcdef abcdefg aa aaa welcome w3lcome letmein iloveyou loveyou monkey dragon sunshine princess football baseball
  basketball soccer hockey superman batman spiderman pokemon starwars trustno master shadow michael jennifer jessica
  ashley charlie daniel jordan thomas andrew george robert william nicole hunter killer ranger buster freedom whatever
  secret summer winter spring autumn january february march april august september october november december monday
  friday admin administrator root user guest test testing tester demo default changeme change temp login hello
  computer internet google facebook samsung apple company business marketing infusionsoft myfusion myfusionhelper
  cookie flower orange purple banana cheese chocolate diamond ginger maggie pepper tigger liverpool chelsea arsenal
  barcelona yankees cowboys eagles phoenix matrix blink nirvana metallica`;

const ENDINGS = `
  0 00 000 007 01 1 11 111 12 123 1234 12345 123456 1234567 12345678 123456789 123123 2 22 23 321 666 69 777 99 2018
  2019 2020 2021 2022 2023 2024 2025 2026 2027`;

const wordsOf = (text: string): string[] => text.trim().split(/\s+/);

const tried = new Set(wordsOf(STEMS).flatMap((stem) => ['', ...wordsOf(ENDINGS)].map((ending) => stem + ending)));

/** Whether the password is one of those that attackers try first, whatever its capitals and closing marks. */
export const isBreachedPassword = (password: string): boolean =>
  tried.has(password.toLowerCase().replace(/[!@#$.*?]{0,2}$/, ''));
