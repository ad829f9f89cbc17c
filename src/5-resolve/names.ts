import {type Knowledge, keyOf, type Named, type NamedPlace, plain, type Role} from "./knowledge.ts"

/** A word of a phrase. */
export type Word = {
  /** Without accents, full stops and a possessive 's. */
  readonly text: string
  /** As `keyOf`: with the s of a possessive ("peoples"); `bare` is without it ("people"). */
  readonly key: string
  readonly bare: string
  /** Where it stands in the phrase, UTF-16 units. */
  readonly start: number
  readonly end: number
  /** What stands between it and the word before: " ", "-" or a break such as ", ". */
  readonly joint: string
  readonly isPossessive: boolean
  readonly isCapital: boolean
}

/** Words `first` up to but not including `last` that are a name in the tables. */
export type Found<Meaning> = {readonly first: number; readonly last: number; readonly meaning: Meaning}

/** The words of a phrase; hyphens part them ("Moscow-backed" is two), full stops of initials do not ("U.S."). */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let before = 0
  for (const match of text.matchAll(/(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}]+(?:['’ʼ&.][\p{L}\p{M}\p{N}]+)*/gu)) {
    const whole = match[0]
    const joint = jointOf(text.slice(before, match.index))
    before = match.index + whole.length
    if (isPlain.test(whole) && !(whole.endsWith("s") && /^['’]/.test(text.slice(before, before + 1)))) {
      const key = whole.toLowerCase()
      words.push({text: whole, key, bare: key, start: match.index, end: before, joint, isPossessive: false, isCapital: whole[0]! <= "Z"})
      continue
    }
    const isPossessive = /['’]s$/i.test(whole) || (/s$/.test(whole) && /^['’](?!\p{L})/u.test(text.slice(before, before + 2)))
    const bare = whole.replace(/['’]s$/i, "")
    words.push({
      text: plain(bare).replace(/\./g, ""),
      key: keyOf(whole),
      bare: keyOf(bare),
      start: match.index,
      end: before,
      joint,
      isPossessive,
      isCapital: /^\p{Lu}/u.test(whole),
    })
  }
  return words
}

/** ASCII letters alone: such a word is its own key, but for capitals. */
const isPlain = /^[A-Za-z]+$/

const jointOf = (between: string) => (between === " " || between === "" ? between : between.replace(/['’]/g, "").replace(/^[‐‑–]$/, "-"))

/** Whether a word starts a new part of the phrase: after a comma, a bracket, a dash. */
export const isBreak = (word: Word) => word.joint !== " " && word.joint !== "" && (/[,;:()[\]—"“”]/.test(word.joint) || /\s[-–]\s/.test(word.joint))

/** The names in `words`: longest first, from the left, never overlapping, never across a break. */
export function findNames(words: readonly Word[], knowledge: Knowledge): Found<readonly Named[]>[] {
  const found: Found<readonly Named[]>[] = []
  for (let first = 0; first < words.length; ) {
    const hit = nameAt(words, first, knowledge)
    if (hit) found.push(hit)
    first = hit ? hit.last : first + 1
  }
  return found
}

function nameAt(words: readonly Word[], first: number, knowledge: Knowledge): Found<readonly Named[]> | undefined {
  const {key: whole, bare} = words[first]!
  const longest = Math.max(knowledge.longest.get(whole) ?? 0, whole === bare ? 0 : (knowledge.longest.get(bare) ?? 0))
  for (let last = Math.min(words.length, first + longest); last > first; last--) {
    const slice = words.slice(first, last)
    if (slice.some((word, at) => at > 0 && isBreak(word))) continue
    for (const key of gramKeys(slice)) {
      const named = knowledge.names.get(key)
      if (!named) continue
      const meaning = sharpest(
        named.filter(({form}) => isSpelled(form, slice)),
        slice,
      )
      if (meaning.length === 0 || isOthers(meaning, words, last) || isPersons(meaning, words, first, last, knowledge)) continue
      if (!isOtherParty(meaning, words, first, knowledge)) return {first, last, meaning}
    }
  }
  return undefined
}

/** Whether the name goes on, and so is another's: "Solidarity" in "American Solidarity Party". */
function isOthers(meaning: readonly Named[], words: readonly Word[], last: number): boolean {
  const next = words[last]
  // The United States have secretaries: "Homeland Security Minister" is another country's.
  if (next && /^minist(er|ry)$/.test(next.bare) && !isBreak(next) && meaning.every(({as, country}) => as === "organisation" && country === "USA")) return true
  const isOneWord = meaning.every(({as, form}) => as === "organisation" && !/[\s-]/.test(form))
  if (!isOneWord || !next?.isCapital || isBreak(next)) return false
  return /^(party|alliance|bank|association|foundation|council|agency|institute|university|college|fund|society)$/.test(next.bare)
}

/** Of "SANA" and "Sana" the one that has the very capitals of an abbreviation. */
function sharpest(meaning: readonly Named[], [word, ...more]: readonly Word[]): readonly Named[] {
  const exact = more.length === 0 && /^[A-Z]{2,}$/.test(word!.text) ? meaning.filter(({form}) => form === word!.text) : []
  return exact.length > 0 ? exact : meaning
}

/** Whether the name is part of a person's: after "Mr", a last name, or a people's name before a last one ("Karen McDougal"). */
function isPersons(meaning: readonly Named[], words: readonly Word[], first: number, last: number, knowledge: Knowledge): boolean {
  const [before, next] = [words[first - 1], words[last]]
  if (before && /^(mr|mrs|ms|miss|messrs)$/.test(before.key) && last - first === 1) return true
  if (meaning.every(isBody) && isLastName(words, first, last, knowledge)) return true
  const isBeforeLast =
    meaning.every(({as}) => as === "people" || as === "region") &&
    last - first === 1 &&
    next?.isCapital &&
    !isBreak(next) &&
    knowledge.isGivenName(words[first]!.key)
  return !!isBeforeLast && !knowledge.roles.has(next.bare) && !knowledge.names.has(next.bare)
}

/** Whether a capitalised word before makes it another party: "Democratic Party" in "Liberal Democratic Party". */
function isOtherParty(meaning: readonly Named[], words: readonly Word[], first: number, knowledge: Knowledge): boolean {
  const before = words[first - 1]
  if (!before?.isCapital || before.isPossessive || words[first]!.joint !== " " || !meaning.every(({sector, form}) => sector === "PTY" && / Party$/.test(form)))
    return false
  return !knowledge.names.has(before.bare) && !knowledge.roles.has(before.bare) && !/^(the|ruling|opposition|former|governing|main)$/.test(before.key)
}

const isBody = ({as}: Named) => as === "organisation" || as === "seat" || as === "capital"

/** Whether one word is the last name of somebody: "Wagner" in "Sue Wagner", "King" in "Mary King", "Pope" in "Benson-Pope". */
function isLastName(words: readonly Word[], first: number, last: number, knowledge: Knowledge): boolean {
  const [before, word, next] = [words[first - 1], words[first]!, words[last]]
  if (last - first !== 1 || !before?.isCapital || !word.isCapital || isBreak(word) || before.isPossessive) return false
  const isEnd = !next || isBreak(next) || !next.isCapital
  if (word.joint === "-") return isEnd && !knowledge.names.has(before.key) && !prefixes.has(before.key)
  return isEnd && before.text.length > 1 && knowledge.isGivenName(before.key) && !knowledge.names.has(before.key)
}

const prefixes = new Set("anti pro ex non inter intra pan post pre neo trans vice sub co counter".split(" "))

/** The key of words taken together; the last one also without the s of a possessive. */
function gramKeys(words: readonly Word[]): string[] {
  const start = words
    .slice(0, -1)
    .map(({key}) => `${key} `)
    .join("")
  const {key, bare} = words.at(-1)!
  return key === bare ? [start + key] : [start + key, start + bare]
}

/** Whether the words have the capitals that the name asks for: "WHO" is not "who", "Polish" not "polish". */
function isSpelled(form: string, words: readonly Word[]): boolean {
  const parts = form.split(/[\s-]+/)
  if (parts.length !== words.length) return words.some(({isCapital}) => isCapital)
  if (parts.length === 1 && /^[A-Z0-9.&+]{2,}$/.test(form)) return words[0]!.text === form.replace(/\./g, "")
  return parts.every((part, at) => !/^[A-Z]/.test(part) || words[at]!.isCapital || (at > 0 && parts.length > 1 && words[0]!.isCapital))
}

/** The roles in `words` that no name covers: longest first, from the left. */
export function findRoles(words: readonly Word[], names: readonly Found<unknown>[], knowledge: Knowledge): Found<Role>[] {
  const isNamed = new Set(names.flatMap(({first, last}) => Array.from({length: last - first}, (_, at) => first + at)))
  const found: Found<Role>[] = []
  for (let first = 0; first < words.length; ) {
    const hit = isNamed.has(first) ? undefined : roleAt(words, first, isNamed, knowledge)
    if (hit) found.push(hit)
    first = hit ? hit.last : first + 1
  }
  return found
}

function roleAt(words: readonly Word[], first: number, isNamed: ReadonlySet<number>, knowledge: Knowledge): Found<Role> | undefined {
  for (let last = Math.min(words.length, first + longestRole(words[first]!, knowledge)); last > first; last--) {
    const slice = words.slice(first, last)
    if (slice.some((word, at) => isNamed.has(first + at) || (at > 0 && isBreak(word)))) continue
    for (const key of gramKeys(slice)) {
      const meaning =
        knowledge.roles.get(key) ??
        singulars(key)
          .map(singular => knowledge.roles.get(singular))
          .find(Boolean)
      if (meaning && !(meaning.isLast && isAdjective(words, last)) && !(meaning.kind === "person" && isLastName(words, first, last, knowledge)))
        return {first, last, meaning}
    }
  }
  return undefined
}

/** Most words of a role that begins with `word`, or with what it is the plural of. */
function longestRole({key, bare}: Word, {longestRole}: Knowledge): number {
  let most = 0
  for (const one of key === bare ? [key, ...singulars(key)] : [key, bare, ...singulars(key), ...singulars(bare)])
    most = Math.max(most, longestRole.get(one) ?? 0)
  return Math.min(most, mostWords)
}

/** The few roles of more words are never looked for. */
const mostWords = 6

/** Whether a noun follows the words before `last`, so that they describe it. */
const isAdjective = (words: readonly Word[], last: number) => words[last] !== undefined && !isBreak(words[last]) && !links.has(words[last].key)

const links = new Set("of in from for at with by to on against near who whom and or".split(" "))

/** What a noun phrase may be the plural of: "secretaries of state" → "secretary of state". */
export function singulars(key: string): string[] {
  const of = / (?:of|for|in|at|to) /.exec(key)?.index
  if (of !== undefined) return singulars(key.slice(0, of)).map(head => head + key.slice(of))
  if (key.endsWith("ies")) return [`${key.slice(0, -3)}y`, key.slice(0, -1)]
  if (/(s|x|ch|sh)es$/.test(key)) return [key.slice(0, -2), key.slice(0, -1)]
  if (key.endsWith("men")) return [`${key.slice(0, -2)}an`]
  if (key.endsWith("people")) return [`${key.slice(0, -6)}person`, `${key.slice(0, -6)}man`]
  if (key.endsWith("ves")) return [`${key.slice(0, -3)}f`, key.slice(0, -1)]
  return key.endsWith("s") && !key.endsWith("ss") ? [key.slice(0, -1)] : []
}

/** The city that a stretch of `words` names, when one is far larger than its namesakes or lies in `country`. */
export function findCity(words: readonly Word[], first: number, end: number, country: string | null, knowledge: Knowledge): Found<NamedPlace> | undefined {
  for (let last = Math.min(end, first + 4); last > first; last--) {
    const slice = words.slice(first, last)
    if (!slice[0]!.isCapital || slice.some((word, at) => at > 0 && isBreak(word))) continue
    for (const key of gramKeys(slice)) {
      const meaning = likeliest(knowledge.cities(key), country)
      if (meaning) return {first, last, meaning}
    }
  }
  return undefined
}

/** A place under 50,000 is too easily a surname or a namesake, unless the country is told. */
function likeliest(cities: readonly NamedPlace[], country: string | null): NamedPlace | undefined {
  const told = country ? cities.find(city => city.country === country) : undefined
  if (told) return told
  const [largest, ...others] = cities
  if (!largest || largest.population < 50_000) return undefined
  const rival = others.find(city => city.country !== largest.country)
  return !rival || largest.population > 4 * rival.population ? largest : undefined
}
