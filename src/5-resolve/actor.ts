import type {ActorKind, Basis, Day, Identity} from "../0-records/index.ts"
import type {Knowledge, Named, Person, Role, Term} from "./knowledge.ts"
import {type Found, findCity, findNames, findRoles, isBreak, type Word, wordsOf} from "./names.ts"

/** The words of one mention, with what helps to tell namesakes apart. */
export type Phrase = {
  readonly text: string
  /** The sentence or the report's title: the countries it names tell one "Congress" from another. */
  readonly context?: string
  /** The report's day: offices change hands. */
  readonly date?: Day | null
  /** The country that the report is mostly about, ISO 3166 alpha-3. */
  readonly country?: string | null
  /** Where the report was written, or of which country it tells most: it decides between bodies of one name, and nothing else. */
  readonly setting?: string | null
}

/** An identity with the rule that gave it and the words that the rule went by. */
export type Resolution = {readonly identity: Identity; readonly rule: string; readonly words: string}

/** Says whom a phrase means, or answers `undefined` where it has nothing to say. Rules never guess. */
type ActorRule = (reading: Reading, knowledge: Knowledge) => Omit<Resolution, "rule"> | undefined

/** The rules, surest first: the first that answers is believed. A new rule is one line here. */
const rules: Readonly<Record<string, ActorRule>> = {
  name: byName,
  ship: byShip,
  "whole name": byWholeName,
  "title and name": byTitleAndName,
  "full name": byFullName,
  "name at the end": byNameAtEnd,
  role: byRole,
  "name within": byNameWithin,
  "last name": byLastName,
  city: byCity,
  "name of body": byBodyName,
  "member of body": byMembership,
}

const ranked = Object.entries(rules)

/**
 * Says whom the words of one mention mean by themselves.
 *
 * @returns `undefined` where nothing can be said: not knowing is an answer
 * @example
 * identify({text: "Foreign Minister Gil", date: "2025-12-18"}, knowledge)?.country // "VEN"
 */
export function identify(phrase: Phrase, knowledge: Knowledge): Identity | undefined {
  return explain(phrase, knowledge)?.identity
}

/** As `identify`, with the reason. */
export function explain(phrase: Phrase, knowledge: Knowledge): Resolution | undefined {
  const reading = read(phrase, knowledge)
  if (!reading) return undefined
  for (const [rule, answer] of ranked) {
    const found = answer(reading, knowledge)
    if (found) return {...found, rule}
  }
  return undefined
}

/** A phrase taken apart. */
type Reading = {
  readonly phrase: Phrase
  /** The phrase without articles and numbers before it. */
  readonly text: string
  readonly words: readonly Word[]
  readonly names: readonly Found<readonly Named[]>[]
  readonly roles: readonly Found<Role>[]
  /** The first words, up to "of", "in", a comma and the like, end here; complements follow. */
  readonly head: number
  /** The last role in the head, which says what the phrase is. */
  readonly role: Found<Role> | undefined
  /** A person's name at the head's end: its words, if it has one. */
  readonly person: readonly Word[]
}

const counted =
  /^(?:(?:the|a|an|this|that|these|those|some|several|many|most|all|both|its|his|her|their|our|my|about|around|nearly|almost|roughly|at least|at most|more than|over|up to|fewer than|less than|as many as|an estimated|estimated|another|other|others|any|each|every|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|dozens|hundreds|thousands|millions|tens|scores|handful|number|majority|couple|few|half|[\d][\d,.]*)(?:\s+of(?:\s+the)?)?[\s-]+)+(?=\S)/i

const bare = (text: string) =>
  text
    .trim()
    .replace(/^["'“‘(\s]+/, "")
    .replace(courtesy, "")
    .replace(counted, "")

const courtesy =
  /^(?:(?:his|her|your|their) (?:excellency|excellencies|majesty|royal highness|highness|holiness)|(?:the )?(?:right )?hon(?:ou?rable|\.)) (?=\p{Lu})/iu

const prepositions = new Set(
  "of in from for at with by to on against under over near who whom whose that which including and or than as between inside outside within into during behind accused charged killed wounded held detained living based working loyal close named called known suspected belonging convicted along across around after before without opposed protesting marching fighting fleeing visiting visited linked seeking gathered demanding trying".split(
    " ",
  ),
)

/** Prepositions of `prepositions` that stand before a noun too: "suspected Maoists", "detained protesters". */
const participle = /(?:ed|ing|held|known)$/

/** UTF-16 units: what is longer is no mention, and only its start is read. */
const longestPhrase = 400

function read(phrase: Phrase, knowledge: Knowledge): Reading | undefined {
  // "Republic of Korea (ROK) Foreign Minister Park": the short form is no part of the phrase.
  const told = phrase.text.slice(0, longestPhrase).replace(/ \(["“]?\p{Lu}[\p{L}\d&.-]{1,9}["”]?\)(?= \p{L})/u, "")
  const text = isNumberedName(told, knowledge) ? told.trim() : bare(told)
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const names = findNames(words, knowledge).filter(name => !isOfRole(name, words))
  const roles = findRoles(words, names, knowledge).filter(({last}) => !isForeign(words[last]))
  const inside = new Set([...names, ...roles].flatMap(({first, last}) => Array.from({length: last - first - 1}, (_, at) => first + at + 1)))
  if (prepositions.has(words[0]!.key) && !participle.test(words[0]!.key) && names[0]?.first !== 0 && roles[0]?.first !== 0) return undefined
  const isCut = (word: Word, at: number) =>
    at > 0 &&
    !inside.has(at) &&
    (isBreak(word) || (prepositions.has(word.key) && word.joint !== "-")) &&
    !joinsNations(words, names, at) &&
    !joinsDuties(words, names, at)
  const cut = words.findIndex(isCut)
  const head = cut < 0 ? words.length : cut
  const role = roles.findLast((one, at) => one.first < head && !isInName(words, names, one, roles[at - 1]))
  const person = personIn(words, names, role, head)
  const isTitled = !!role && role.meaning.kind === "person" && person.length > 1 && person[0] === words[role.last]
  // "Deputy Prime Minister Ilir Meta" is of no company.
  const others = isTitled ? names.filter(({first, last, meaning}) => first <= role.last || last > head || !meaning.every(isBody)) : names
  return {phrase, text, words, names: others, roles, head, role, person}
}

const isBody = ({as}: Named) => as === "organisation" || as === "seat"

/** Whether a party's name is what an office or a body is for: "Labour Minister", "Labour unions". */
const isOfRole = ({first, last, meaning}: Found<readonly Named[]>, words: readonly Word[]) =>
  last - first === 1 &&
  /^labou?r$/.test(words[first]!.key) &&
  meaning.every(({as}) => as === "organisation") &&
  /^(?:minister|ministry|union|department|secretary|court|office|inspector|federation|confederation|dispute|organi[sz]er)/.test(words[last]?.key ?? "")

/** Whether a role is part of the name after another one: "Prime Minister Mohammed Shia al-Sudani". */
function isInName(words: readonly Word[], names: readonly Found<unknown>[], role: Found<Role>, before: Found<Role> | undefined): boolean {
  if (!before || before.last >= role.first) return false
  const between = words.slice(before.last, role.last)
  return between.every(({isCapital, isPossessive}) => isCapital && !isPossessive) && !names.some(({first, last}) => first < role.first && last > before.last)
}

/** Whether "and" or a comma at `at` joins nationalities that share one noun: "French and German officials". */
function joinsNations(words: readonly Word[], names: readonly Found<readonly Named[]>[], at: number): boolean {
  const isNation = (index: number) =>
    names.some(
      ({first, last, meaning}) => index >= first && index < last && meaning.some(({as}) => as === "nationality" || as === "country" || as === "people"),
    )
  const next = words[at]!.key === "and" ? at + 1 : at
  if (words[at]!.key !== "and" && !/^,\s*$/.test(words[at]!.joint)) return false
  return next < words.length && (isNation(next) || words[next]!.key === "and") && words.slice(0, at).every(({key}, index) => isNation(index) || key === "and")
}

/** Whether "and" at `at` joins what one office is for: "Lands and Natural Resources Minister", "Trade and Industry Secretary". */
function joinsDuties(words: readonly Word[], names: readonly Found<unknown>[], at: number): boolean {
  if (words[at]!.key !== "and" || names.some(({first}) => first < at)) return false
  const end = words.findIndex(
    ({key}, index) => index > at && /^(?:minister|secretary|ministry|department|committee|commission|council|commissioner)$/.test(key),
  )
  const isPlain = (word: Word, index: number) => index === at || (word.isCapital && !(index > 0 && isBreak(word)))
  return (
    end > at &&
    end <= at + 4 &&
    words.slice(0, end).every(isPlain) &&
    !words.slice(0, at).some(({key}) => /^(?:minister|secretary|president|king|general)$/.test(key))
  )
}

/** Whether the number before is part of a name: "Five Star Movement". */
function isNumberedName(text: string, knowledge: Knowledge): boolean {
  const words = wordsOf(text)
  return !!words[0]?.isCapital && findNames(words, knowledge)[0]?.first === 0
}

/** The capitalised words at the head's end that no table knows: "Donald Trump" in "U.S. President Donald Trump". */
function personIn(words: readonly Word[], names: readonly Found<unknown>[], role: Found<Role> | undefined, head: number): readonly Word[] {
  let first = head
  while (first > 0 && isOfName(words, first - 1, head) && !(role && first <= role.last)) first--
  while (first < head && !words[first]!.isCapital) first++
  const lastName = names.findLast(({last}) => last <= head)
  // A name of the tables inside the run is part of a person's name when it is no adjective before it: "Israel Katz", "Paris Hilton".
  if (lastName && first < lastName.last && !(role && lastName.first >= role.last)) first = Math.max(first, lastName.last)
  return words.slice(first, head).filter(({key}) => key.length > 0)
}

const particles = new Set("al el ul bin ben ibn abu van von de da di del della der den dos du la le ould".split(" "))

/** Whether a word can be part of a person's name: a capital, "Jae-sung", "bin", "van der". */
function isOfName(words: readonly Word[], at: number, head: number): boolean {
  const {isCapital, joint, key} = words[at]!
  return isCapital || (joint === "-" && at > 0) || (particles.has(key) && at + 1 < head)
}

/** Last words that make a capitalised run an organisation and no person. */
const bodies = new Set(
  "confederation federation coalition service agency council association force forces union institute foundation board committee congress party alliance front movement army fund group league network company corporation bank commission court college university hospital school church society trust organization organisation centre center office department ministry airlines airways times post news watch initiative programme program project partnership federationists democrats republicans campaign system authority forum list observatory cooperative syndicate chamber nutrition industries airline group club museum command unit brigade battalion regiment defense defence security".split(
    " ",
  ),
)

/* ---- the rules ---- */

/** The phrase is a name that the tables hold: a country, a capital, an organisation. */
function byName({phrase, words, names, head, text}: Reading, knowledge: Knowledge) {
  const name = names[0]
  if (name?.first !== 0 || name.last !== head) return undefined
  const rest = words.slice(head)
  if (rest.length > 0 && !isBreak(rest[0]!)) return undefined
  const named = choose(name.meaning, phrase, knowledge)
  if (!named) return undefined
  if (named.as === "people" || named.as === "nationality") return byNationality(named, words.slice(0, name.last))
  const basis: Basis = named.as === "country" ? "stated" : "known"
  if (named.as === "region")
    return named.country
      ? {identity: identityOf({name: named.name, kind: "other", country: named.country, sector: null, basis: "known"}), words: text}
      : undefined
  const kind = named.as === "capital" ? "country" : named.kind
  return {identity: identityOf({name: named.name, kind, country: named.country, sector: named.sector, basis}), words: text}
}

/** "Russians" are people of a country, "Russian" is the country's own side. */
function byNationality(named: Named, words: readonly Word[]) {
  const text = words.map(({text}) => text).join(" ")
  const isPlural = /s$/.test(text) && !/(ss|us)$/.test(text)
  const told = {country: named.country, basis: "stated"} as const
  if (named.as === "nationality" && !isPlural) return {identity: identityOf({name: named.name, kind: "country", sector: null, ...told}), words: text}
  if (!isPlural) return named.country ? {identity: identityOf({name: text, kind: "other", sector: null, ...told}), words: text} : undefined
  return {identity: identityOf({name: text, kind: "group", sector: "CVL", ...told}), words: text}
}

/** Prefixes of warships. */
const prefixes: Readonly<Record<string, string>> = {
  HMS: "GBR",
  USS: "USA",
  USNS: "USA",
  HMAS: "AUS",
  HMCS: "CAN",
  HMNZS: "NZL",
  BRP: "PHL",
  ROKS: "KOR",
  KRI: "IDN",
  TCG: "TUR",
  ORP: "POL",
  HNLMS: "NLD",
  HDMS: "DNK",
}

/** A warship: "HMS Defender". */
function byShip({words, text}: Reading) {
  const country = words.length > 1 && words[1]!.isCapital ? prefixes[words[0]!.text] : undefined
  return country ? {identity: identityOf({name: text, kind: "other", country, sector: "MIL", basis: "known"}), words: words[0]!.text} : undefined
}

/** A role and a name: "Chinese Foreign Minister Wang Yi", "President Xi". What the words state wins over the tables. */
function byTitleAndName(reading: Reading, knowledge: Knowledge) {
  const {phrase, person, role, words} = reading
  if (!role || person.length === 0 || person.length > 6 || bodies.has(person.at(-1)!.bare)) return undefined
  const country = statedCountry(reading, knowledge)
  const sector = statedSector(reading, knowledge)
  const known = personNamed(
    person,
    {date: phrase.date ?? null, duties: dutiesOf(role.meaning), countries: country ? [country] : hints(phrase, knowledge), mustFit: true},
    knowledge,
  )
  const name = known?.person.name ?? person.map(({text}) => text).join(" ")
  const isOffice = role.meaning.isOffice || role.meaning.isTransparent
  // "Irish airline Emerald Air", "rights group Haki Watch".
  const isBody = !known && /^(?:company|media|organisation|armed-group)$/.test(role.meaning.kind) && role.last === words.length - person.length
  if (!country && !sector && !known) return undefined
  return {
    identity: identityOf({
      name,
      kind: isBody ? role.meaning.kind : "person",
      country: country ?? known?.term.country ?? null,
      sector: sector && !(known && isTitleOnly(sector, role.meaning, known)) ? sector : isOffice || sector ? (known?.sector ?? null) : null,
      basis: country || !known ? "stated" : "known",
    }),
    words: words
      .slice(0, reading.head)
      .map(({text}) => text)
      .join(" "),
  }
}

/** Whether a title says less than the office: "Colonel Gaddafi" and "Ayatollah Khamenei" govern. */
function isTitleOnly(sector: string, {phrase}: Role, {term, sector: held}: Known): boolean {
  if (held !== "GOV") return false
  return sector === "REL" || (sector === "MIL" && ranks.test(phrase) && /^head-of/.test(term.duty))
}

/** The words are a person's whole name and nothing else, whatever its parts mean: "Hun Sen", "Sheikh Hasina", "Marine Le Pen". */
function byWholeName({phrase, words, text, head}: Reading, knowledge: Knowledge) {
  if (words.length < 2 || words.length > 6 || head !== words.length || !words.every((_, at) => isOfName(words, at, words.length))) return undefined
  const known = personNamed(words, {date: phrase.date ?? null, duties: null, countries: hints(phrase, knowledge), mustFit: false, isWhole: true}, knowledge)
  return (
    known && {identity: identityOf({name: known.person.name, kind: "person", country: known.term.country, sector: known.sector, basis: "known"}), words: text}
  )
}

/** A person whom the tables know by the whole name. */
function byFullName({phrase, words, head, text, role}: Reading, knowledge: Knowledge) {
  if (role && role.last === head) return undefined
  const run = words.slice(0, head).filter(({bare}) => !courtesies.has(bare))
  if (run.length < 1 || run.length > 6 || !run[0]!.isCapital || !run.every((_, at) => isOfName(run, at, run.length))) return undefined
  const known = personNamed(run, {date: phrase.date ?? null, duties: null, countries: hints(phrase, knowledge), mustFit: false, isWhole: true}, knowledge)
  if (!known) return undefined
  return {identity: identityOf({name: known.person.name, kind: "person", country: known.term.country, sector: known.sector, basis: "known"}), words: text}
}

/** An office with what it is for, and then a person whom the tables know: "Special Envoy for Climate John Kerry". */
function byNameAtEnd(reading: Reading, knowledge: Knowledge) {
  const {phrase, words, role, head, text} = reading
  if (!role || head === words.length) return undefined
  for (let first = Math.max(head + 2, words.length - 4); first <= words.length - 2; first++) {
    const run = words.slice(first)
    const before = words[first - 1]!
    if (!run.every(({isCapital}) => isCapital) || run.some(isBreak) || prepositions.has(before.key) || /^(the|a|an)$/.test(before.key) || before.isPossessive)
      continue
    const known = personNamed(run, {date: phrase.date ?? null, duties: null, countries: hints(phrase, knowledge), mustFit: false, isWhole: true}, knowledge)
    if (!known) continue
    const sector = statedSector(reading, knowledge) ?? known.sector
    return {identity: identityOf({name: known.person.name, kind: "person", country: known.term.country, sector, basis: "known"}), words: text}
  }
  return undefined
}

/** A role without a name: "four Saudi men", "Kano State police", "the Russian president". */
function byRole(reading: Reading, knowledge: Knowledge) {
  const {phrase, role, words, text} = reading
  if (!role) return undefined
  if (areMembers(reading, knowledge)) return {identity: identityOf({name: text, kind: "group", country: null, sector: "GOV", basis: "stated"}), words: text}
  const country = statedCountry(reading, knowledge)
  if (reading.person.length > 0 && bodies.has(reading.person.at(-1)!.bare)) {
    const body = bodyOf(words, knowledge)
    if (!country && !body) return undefined
    const told = {name: text, kind: body?.kind ?? "organisation", country: country ?? null, sector: body?.sector ?? null, basis: "stated"} as const
    return {identity: identityOf(told), words: text}
  }
  const sector = statedSector(reading, knowledge) ?? servedBody(reading, knowledge)?.sector
  if (!country && !sector) return undefined
  const near = !country && isInstitution(reading) ? hints(phrase, knowledge) : []
  if (near.length > 0 && (phrase.country || near.length === 1)) {
    return {identity: identityOf({name: text, kind: role.meaning.kind, country: near[0]!, sector: sector ?? null, basis: "resolved"}), words: text}
  }
  const holder = country && phrase.date && isSingular(reading) ? holderOf(role.meaning, country, phrase.date, reading, knowledge) : undefined
  return {
    identity: identityOf({
      name: holder?.name ?? text,
      kind: kindOf(reading),
      country: country ?? null,
      sector: sector ?? null,
      basis: holder ? "known" : "stated",
    }),
    words: words
      .slice(0, reading.head)
      .map(({text}) => text)
      .join(" "),
  }
}

/** "Congress", "the Supreme Court": with a capital and nothing else, it is the one of the report's country. */
const isInstitution = ({words, role}: Reading) =>
  words.length === role!.last &&
  role!.first === 0 &&
  words[0]!.isCapital &&
  /^(organisation|government)$/.test(role!.meaning.kind) &&
  /^(LEG|JUD|GOV|MIL|COP)$/.test(role!.meaning.sector ?? "")

/** Members of an international body are states, and not the body: "NATO allies", "EU leaders". */
function areMembers(reading: Reading, knowledge: Knowledge): boolean {
  const {role, names, head} = reading
  if (
    !/^(ally|allies|member|member state|member states|member country|leader|minister|foreign minister|finance minister|defence minister|head of state|country|countries|state|nation|government)$/.test(
      role!.meaning.phrase,
    )
  )
    return false
  const isPlural = !isSingular(reading)
  const ofBody = names.some(({first, meaning}) => first < head + 3 && choose(meaning, reading.phrase, knowledge)?.kind === "igo")
  return isPlural && ofBody
}

/** No role, but a name that says where it belongs: "Sinjar residents' committee", "Gaza flotilla". */
function byNameWithin(reading: Reading, knowledge: Knowledge) {
  const {phrase, names, words, head, text, person, role} = reading
  const next =
    names[0]?.first === 0 && names[0].meaning.every(({as}) => as === "country" || as === "capital" || as === "region") ? words[names[0].last] : undefined
  if (!role && next?.isCapital && names[0]!.last < head && !words[0]!.isPossessive && !bodies.has(words[head - 1]!.bare)) return undefined
  // "Juan Chamorro": a given name and a last one that is also a people's.
  const isWholeName = names.length === 1 && names[0]!.last === words.length && names[0]!.first > 0 && words.slice(0, -1).every(({isCapital}) => isCapital)
  if (
    isWholeName &&
    names[0]!.meaning.every(({as}) => as === "people" || as === "region" || as === "nationality") &&
    words.slice(0, -1).some(word => isFirstName(word, knowledge))
  )
    return undefined
  const organisation = names.find(({first, meaning}) => first < head && meaning.some(({as}) => as === "organisation" || as === "seat"))
  const named = organisation && choose(organisation.meaning, phrase, knowledge)
  if (named && (named.as === "organisation" || named.as === "seat")) {
    const country = statedCountry(reading, knowledge) ?? named.country
    return {
      identity: identityOf({name: text, kind: person.length > 1 ? "person" : named.kind, country, sector: named.sector, basis: "known"}),
      words: named.form,
    }
  }
  const country = statedCountry(reading, knowledge)
  if (!country || !names.some(({first}) => first < head)) return undefined
  return {identity: identityOf({name: text, kind: person.length > 1 ? "person" : "other", country, sector: null, basis: "stated"}), words: text}
}

/** A last name, alone or after Mr and the like, that on that day only one person of note bore. */
function byLastName({phrase, words, head, text}: Reading, knowledge: Knowledge) {
  const run = words.slice(0, head).filter(({bare}) => !courtesies.has(bare))
  if (head !== words.length || run.length === 0 || run.length > 3 || !run.every(({isCapital}, at) => isCapital || at < run.length - 1)) return undefined
  const known = personNamed(run, {date: phrase.date ?? null, duties: null, countries: hints(phrase, knowledge), mustFit: true}, knowledge)
  return (
    known && {identity: identityOf({name: known.person.name, kind: "person", country: known.term.country, sector: known.sector, basis: "known"}), words: text}
  )
}

/** A large city and nothing else; a surname is rather a person. */
function byCity({words, text, names, roles, phrase}: Reading, knowledge: Knowledge) {
  if (names.length > 0 || roles.length > 0) return undefined
  const first = isForeign(words[1]) ? 2 : 0
  if (first >= words.length) return undefined
  const city = findCity(words, first, words.length, phrase.country ?? null, knowledge)
  if (city?.last !== words.length || city.meaning.population < 200_000 || !city.meaning.country) return undefined
  if (words.length === first + 1 && city.meaning.population < 1_000_000 && knowledge.relatives(words[first]!.bare).length > 0) return undefined
  return {identity: identityOf({name: city.meaning.name, kind: "other", country: city.meaning.country, sector: null, basis: "known"}), words: text}
}

const isFirstName = ({key}: Word, knowledge: Knowledge) => knowledge.isGivenName(key) || knowledge.genders.has(key)

type Body = {readonly sector: string; readonly kind: ActorKind}

/** What the last word of a name says that a body is: "Valley News", "Lake Steel", "Rights Network". */
const bodyWords: readonly (readonly [sector: string, kind: ActorKind, words: string])[] = [
  [
    "MED",
    "media",
    "news times post herald tribune gazette courier chronicle telegraph observer radio television tv broadcasting broadcaster newspaper magazine press",
  ],
  [
    "BUS",
    "company",
    "airlines airways bank inc ltd plc corp corporation company holdings industries energy petroleum mining steel motors railways electric pharmaceuticals telecom breweries refinery enterprises",
  ],
  ["NGO", "organisation", "foundation charity trust"],
  ["EDU", "organisation", "university college school academy"],
  ["HLH", "organisation", "hospital clinic"],
  ["PTY", "organisation", "party"],
  ["REL", "organisation", "church mosque synagogue diocese"],
  ["LAB", "organisation", "union"],
  ["JUD", "organisation", "court tribunal"],
  ["GOV", "government", "ministry department"],
  ["MIL", "organisation", "battalion brigade regiment"],
]
const byBodyWord = new Map(bodyWords.flatMap(([sector, kind, list]) => list.split(" ").map(word => [word, {sector, kind}] as const)))

/** Last words of bodies that people are called by too: "Tommy Steel" is no company. */
const surnames = new Set("bank church court post press school steel".split(" "))

/** The body that capitalised words name by their last one, before "of" and "for": "Network for Human Rights" is a charity by what it is for. */
function bodyOf(words: readonly Word[], knowledge: Knowledge): Body | undefined {
  const cut = words.findIndex(({key}, at) => at > 0 && /^(?:of|for|in|at)$/.test(key))
  const head = cut < 0 ? words : words.slice(0, cut)
  if (head.length + (cut < 0 ? 0 : 2) < 2 || !head.every(({isCapital, key}) => isCapital || /^(?:and|the)$/.test(key))) return undefined
  if (cut < 0 && head.length === 2 && surnames.has(head[1]!.bare) && isFirstName(head[0]!, knowledge)) return undefined
  const isForRights = words.some(({key}, at) => key === "rights" && /^(?:human|civil|women|womens|children|childrens|digital)$/.test(words[at - 1]?.key ?? ""))
  if (
    isForRights &&
    /^(?:network|association|watch|cent(?:er|re)|observatory|league|committee|council|alliance|institute|coalition|federation|monitor|group|initiative)$/.test(
      head.at(-1)!.bare,
    )
  )
    return {sector: "NGO", kind: "organisation"}
  return byBodyWord.get(head.at(-1)!.bare)
}

/** The body after "of", "at" or "for": "executive director of the Arabic Network for Human Rights". */
function servedBody({words, head}: Reading, knowledge: Knowledge): Body | undefined {
  const at = words.findIndex(({key}, index) => index >= head && /^(?:of|at|for|from|with)$/.test(key))
  const rest = at < 0 ? [] : words.slice(at + 1)
  const end = rest.findIndex(word => isBreak(word))
  return bodyOf(rest.slice(rest[0]?.key === "the" ? 1 : 0, end < 0 ? undefined : end), knowledge)
}

/** A name that no table holds, whose last word says what it is: "Lake Steel", "The Valley News". */
function byBodyName({words, text, roles, names}: Reading, knowledge: Knowledge) {
  const body = roles.length === 0 && names.length === 0 ? bodyOf(words, knowledge) : undefined
  return body && {identity: identityOf({name: text, kind: body.kind, country: null, sector: body.sector, basis: "stated"}), words: text}
}

/** A person's name with the body after it: "Sabrina Bennoui of Reporters Without Borders". */
function byMembership(reading: Reading, knowledge: Knowledge) {
  const {person, role, head, words, roles, text} = reading
  const [part] = complements(reading)
  if (role || person.length < 2 || person.length > 4 || person.length !== head || !part || !/^(?:of|from)$/.test(part.link)) return undefined
  if (bodies.has(person.at(-1)!.bare)) return undefined
  const organisation = organisationIn(reading, part.first, part.last, knowledge)
  const served = roles.find(
    ({first, meaning}) => first >= part.first && first < part.last && meaning.sector && /^(?:organisation|government|company|media)$/.test(meaning.kind),
  )
  const sector = organisation?.sector ?? served?.meaning.sector ?? servedBody(reading, knowledge)?.sector
  if (!sector) return undefined
  const country = organisation?.country ?? complementCountry(reading, knowledge) ?? null
  const name = words
    .slice(0, head)
    .map(({text}) => text)
    .join(" ")
  return {identity: identityOf({name, kind: "person", country, sector, basis: "stated"}), words: text}
}

/* ---- countries ---- */

/** "Moscow-backed", "pro-Russian": the country named is not the actor's own. */
const foreign = new Set(
  "backed born funded allied occupied held speaking sponsored supported trained aligned armed financed bound made friendly linked leaning annexed controlled educated majority".split(
    " ",
  ),
)

/** Whether a word says that what stands before it, with a hyphen, is another's: "rebel-held". */
const isForeign = (word: Word | undefined) => word?.joint === "-" && foreign.has(word.key)

/** What makes a country's name no home: "Iraq War veteran", "Russia expert". */
const subjects = new Set("war wars expert analyst specialist scholar veteran watcher researcher conflict invasion".split(" "))

/** The country that the phrase's own words say. */
function statedCountry(reading: Reading, knowledge: Knowledge): string | undefined {
  const {words, names, head, phrase} = reading
  const within = names.filter(({first}) => first < head)
  const isTopic = (words: readonly Word[], first: number, last: number) =>
    subjects.has(words[last]?.key ?? "") && names.some(name => name.first === first && name.meaning.every(({as}) => as === "country"))
  const isOwn = ({first, last}: Found<unknown>) =>
    !isForeign(words[last]) &&
    !isTopic(words, first, last) &&
    !(words[first]!.joint === "-" && /^(pro|anti|non|ex)$/.test(words[first - 1]!.key) && words[first - 1]!.key !== "ex")
  const own = within.filter(isOwn)
  const ofCountry = own.filter(({meaning}) => meaning.some(({as}) => as !== "organisation" && as !== "seat"))
  const told = distinct(ofCountry.map(found => choose(found.meaning, phrase, knowledge)?.country))
  if (told.length === 1) return isEthnic(reading, ofCountry[0]!) ? (complementCountry(reading, knowledge) ?? told[0]) : told[0]
  if (told.length > 1) return ofCountry.length > 1 && !isList(words, ofCountry) ? told.at(-1) : undefined
  const [organisation] = distinct(own.map(found => choose(found.meaning, phrase, knowledge)?.country))
  if (organisation) return organisation
  return headCity(reading, knowledge) ?? (isAgainst(reading) ? undefined : complementCountry(reading, knowledge))
}

/** "allies of the USA", "former colonial power of the Ivory Coast" are of other countries. */
const isAgainst = ({words, head}: Reading) =>
  words[head]?.key === "of" &&
  /^(?:ally|allies|enemy|enemies|foes?|rivals?|adversar(?:y|ies)|neighbou?rs?|partners?|friends?|power|powers|invaders?)$/.test(words[head - 1]?.key ?? "")

const isEthnic = ({words}: Reading, {first}: Found<unknown>) => words[first - 1]?.key === "ethnic"

/** Whether names stand side by side with "and": "French and German officials". */
function isList(words: readonly Word[], names: readonly Found<unknown>[]): boolean {
  return names.some(({first}) => first > 0 && (words[first - 1]!.key === "and" || isBreak(words[first]!)))
}

/** A city before the role: "Kano police", "Aleppo residents". */
function headCity({words, names, role, head, phrase}: Reading, knowledge: Knowledge): string | undefined {
  if (!role || role.last > head) return undefined
  for (let first = 0; first < role.first; first++) {
    if (names.some(name => first >= name.first && first < name.last)) continue
    const city = findCity(words, first, role.first, phrase.country ?? null, knowledge)
    const isSurname = city?.last === first + 1 && knowledge.relatives(words[first]!.bare).length > 0 && city.meaning.population < 1_000_000
    if (city && !isSurname && city.last <= role.first) return city.meaning.country ?? undefined
  }
  return undefined
}

const homeward = ["of", "from", "in", "at", "for", "near", "inside", "across", "based", ","]

/** The country after "of", "from", "in", "at", "for" or a comma: "the mayor of Kyiv", "unions in Denmark". */
function complementCountry(reading: Reading, knowledge: Knowledge): string | undefined {
  const parts = complements(reading)
  const told = parts.findIndex(({link}) => !homeward.includes(link) && link !== "and" && link !== "with")
  const near = told < 0 ? parts : parts.slice(0, told)
  for (const link of homeward) {
    if (abroad.has(link) && reading.role?.meaning.sector === "MIL") continue
    for (const [at, part] of near.entries()) {
      if (part.link !== link) continue
      let end = at + 1
      while (near[end]?.link === ",") end++
      const countries = distinct(near.slice(at, end).map(one => countryWithin(reading, one, knowledge)))
      if (countries.length > 0) return countries.length === 1 ? countries[0] : undefined
    }
  }
  return undefined
}

/** Where troops are is seldom where they are from. */
const abroad = new Set(["in", "at", "near", "inside", "across"])

type Part = {readonly link: string; readonly first: number; readonly last: number}

/** The stretches after the head, each with the word that links it. */
function complements({words, head}: Reading): Part[] {
  const parts: Part[] = []
  for (let at = head; at < words.length; at++) {
    const isLink = prepositions.has(words[at]!.key) && words[at]!.key !== "and" && words[at]!.joint !== "-"
    if (!isLink && !isBreak(words[at]!)) continue
    const link = isLink ? words[at]!.key : ","
    const first = isLink ? at + 1 : at
    let last = first
    while (
      last < words.length &&
      !(last > first && isBreak(words[last]!)) &&
      !(prepositions.has(words[last]!.key) && words[last]!.key !== "and" && words[last]!.joint !== "-")
    )
      last++
    parts.push({link, first, last})
    at = Math.max(at, last - 1)
  }
  return parts
}

function countryWithin({words, names, phrase}: Reading, {first, last}: Part, knowledge: Knowledge): string | undefined {
  const inside = names.filter(name => name.first >= first && name.first < last)
  const told = distinct(inside.map(found => choose(found.meaning, phrase, knowledge)?.country))
  if (told.length > 0) return told.length === 1 ? told[0] : undefined
  for (let at = first; at < last; at++) {
    const city = findCity(words, at, last, phrase.country ?? null, knowledge)
    // "the Steel Union" is not of Union, New Jersey.
    if (city && !(city.last === at + 1 && bodies.has(words[at]!.bare))) return city.meaning.country ?? undefined
  }
  return undefined
}

const distinct = (countries: readonly (string | null | undefined)[]) => [...new Set(countries.filter(country => country != null))]

/* ---- sectors ---- */

const formerly = new Set("former ex retired ousted deposed erstwhile onetime disgraced exiled sacked dismissed late toppled impeached defrocked".split(" "))
const opposing = new Set(["opposition", "dissident", "shadow"])
const rebelling = new Set("rebel rebels insurgent guerrilla militant jihadist jihadi islamist terrorist paramilitary mutinous renegade".split(" "))
const seceding = new Set("separatist secessionist breakaway".split(" "))
const protesting = new Set("protesting demonstrating rioting marching anti-government".split(" "))

/** Sectors that give way to an armed group or an international body: a "Hamas official" is no government. */
const yielding = new Set<string | null>([null, "MIL", "UAF", "GOV", "CRM", "PTY", "OPP", "EDU", "SEP", "COP", "CVL", "JUD", "SPY", "NGO", "LEG"])

/** Links after which the one served stands: "spokesman for the army", "head of the union". */
const served = new Set(["of", "for", "from", "in", "at", ",", "with"])
const bystanders = /\b(hostage|victim|civilian|resident|captive|citizen|people|famil|refugee|migrant|prisoner|child|wom[ae]n|journalist)/

/** The sector that the phrase's own words say. */
function statedSector(reading: Reading, knowledge: Knowledge): string | undefined {
  const {words, head} = reading
  const role = leading(reading)
  if (!role) return undefined
  const before = words.slice(0, role.first).map(({key}) => key)
  const base = role.meaning.isTransparent || presides(reading, role) ? servedSector(reading, knowledge) : overruled(reading, role.meaning.sector, knowledge)
  const isOpposing = before.some(word => opposing.has(word)) || isSelfMade(words, role.first)
  if (before.includes("exiled") && (base === "OPP" || (isOpposing && (!base || base === "PTY")))) return "OPP"
  const isFormer = before.some(word => formerly.has(word)) || /^(former|ex|retired) /.test(role.meaning.phrase)
  if (isFormer && wasOfState(role.meaning, base)) return "ELI"
  if (isOpposing && (!base || ["LEG", "PTY", "GOV", "CVL", "MIL"].includes(base))) return base === "MIL" ? "REB" : "OPP"
  if (before.some(word => seceding.has(word)) && (!base || base === "GOV" || base === "UAF" || base === "REB" || base === "PTY")) return "SEP"
  if (before.some(word => rebelling.has(word)) && (!base || ["MIL", "UAF", "GOV", "CRM", "PTY"].includes(base))) return "REB"
  if (before.some(word => protesting.has(word)) && base !== "GOV") return "PRO"
  if (base === "CVL" && before.some(word => word === "armed" || word === "masked")) return "UAF"
  if (base) return base
  return role.meaning.isTransparent && governs(role.meaning.phrase) && head >= role.last && isOfCountry(reading, knowledge) ? "GOV" : undefined
}

/** "self-proclaimed president": he calls himself so. */
const isSelfMade = (words: readonly Word[], end: number) =>
  words.slice(0, end).some(({key}, at) => key === "self" && /^(proclaimed|declared|styled|appointed)$/.test(words[at + 1]?.key ?? ""))

/** Whether a former holder of a role is one of CAMEO's elite, which has the former officials of a state and its politicians. */
function wasOfState({phrase, isOffice, isTransparent}: Role, base: string | undefined): boolean {
  if (base === "MIL" || base === "COP") return isTransparent || isOffice || (base === "MIL" ? ranks.test(phrase) : /chief|commissioner/.test(phrase))
  if (base === "JUD" || base === "SPY") return isOffice || isTransparent || /judge|justice|magistrate|prosecutor|official|chief|director/.test(phrase)
  if (base === undefined) return isTransparent && governs(phrase)
  return ofState.has(base) && (isOffice || isTransparent)
}

const ofState = new Set("GOV LEG PTY OPP IGO".split(" "))

/** Whether a president or secretary is one of a body that is no state: "miners' federation president", "president of the bar association". */
function presides(reading: Reading, {first, last, meaning: {phrase}}: Found<Role>): boolean {
  if (!/^(vice |deputy )?(president|premier|secretary|chief executive|governor|chancellor|rector)$/.test(phrase)) return false
  const {roles, names, head} = reading
  const bodies = [
    ...roles.filter(({meaning: {kind, sector}}) => /^(organisation|company|media)$/.test(kind) && sector !== "GOV"),
    ...names.filter(({meaning}) => meaning.every(({as, sector}) => as === "organisation" && sector !== "GOV" && sector !== "IGO")),
  ]
  const [part] = last === head ? complements(reading) : []
  return bodies.some(body => body.last === first || (part?.link === "of" && body.first >= part.first && body.first < part.last))
}

/** Of two titles side by side the office counts: "President General X", "Supreme Leader Ayatollah X". */
function leading({words, roles, role}: Reading): Found<Role> | undefined {
  const office = role && roles.find(({last, meaning}) => last === role.first && meaning.isOffice && !words[last - 1]!.isPossessive)
  return office && !role.meaning.isOffice && !role.meaning.isTransparent ? office : role
}

/** Ranks whose retired holders are of the elite. */
const ranks = /^gen$|^col$|general|colonel|admiral|officer|commander|brigadier|marshal|chief/

/** Roles that, with a country and nothing else, are its government's: "Iranian officials", "the Chinese side". */
const governs = (role: string) =>
  /official|spokes|leader|delegation|delegate|side|team|negotiat|representative|envoy|adviser|advisor|aide|chief of mission|mission|head of (mission|delegation)|commissioner|administrator|press/.test(
    role,
  )

function isOfCountry({names, head, phrase}: Reading, knowledge: Knowledge): boolean {
  return names.some(({first, meaning}) => first < head && choose(meaning, phrase, knowledge)?.as !== "organisation") || names.some(({first}) => first >= head)
}

/** The sector of an organisation in the phrase where it says more than the role does. */
function overruled(reading: Reading, sector: string | null, knowledge: Knowledge): string | undefined {
  const organisation =
    organisationIn(reading, 0, reading.head, knowledge) ??
    complements(reading)
      .filter(({link}) => served.has(link))
      .map(({first, last}) => organisationIn(reading, first, last, knowledge))
      .find(Boolean)
  if (organisation?.country === "IGO" && (statedCountry(reading, knowledge) ?? "IGO") !== "IGO") return sector ?? undefined
  const isStronger = organisation?.sector && (organisation.kind === "armed-group" || organisation.kind === "igo" || organisation.sector === "NGO")
  if (isStronger && yielding.has(sector) && !(organisation.kind === "igo" && sector === "MIL") && !bystanders.test(reading.role?.meaning.phrase ?? ""))
    return organisation.sector ?? undefined
  return sector ?? undefined
}

/** For a spokesman, leader or member: the sector of whom they serve, before the word or after "of". */
function servedSector(reading: Reading, knowledge: Knowledge): string | undefined {
  const {roles, role, words, head} = reading
  const before = roles.findLast(({first, meaning}) => first < role!.first && meaning.sector !== null)
  const organisation = organisationIn(reading, 0, head, knowledge)
  if (organisation?.sector) return organisation.sector
  if (before) return overruled(reading, before.meaning.sector, knowledge)
  for (const part of complements(reading)) {
    if (!served.has(part.link)) continue
    const sector =
      organisationIn(reading, part.first, part.last, knowledge)?.sector ??
      roles.find(({first, meaning}) => first >= part.first && first < part.last && meaning.sector)?.meaning.sector
    if (sector) return sector
  }
  // A president is of a state only where no body is told that he presides over.
  return words.length > 0 && !presides(reading, role!) ? (role!.meaning.sector ?? undefined) : undefined
}

function organisationIn({names, phrase}: Reading, from: number, to: number, knowledge: Knowledge): Named | undefined {
  for (const {first, meaning} of names) {
    if (first < from || first >= to) continue
    const named = choose(meaning, phrase, knowledge)
    if (named && (named.as === "organisation" || named.as === "seat")) return named
  }
  return undefined
}

/* ---- namesakes ---- */

/** One of several meanings: the only one, or that of the report's country, or of a country in the context; `undefined` where nothing tells. */
function choose(meanings: readonly Named[], phrase: Phrase, knowledge: Knowledge): Named | undefined {
  const {date} = phrase
  const valid = date ? meanings.filter(({from, to}) => (from ?? date) <= date && date <= (to ?? date)) : meanings
  const named = likeliest(valid, phrase, knowledge)
  return named?.governs && phrase.date && named.governs <= phrase.date ? {...named, kind: "government", sector: "GOV"} : named
}

function likeliest(meanings: readonly Named[], phrase: Phrase, knowledge: Knowledge): Named | undefined {
  if (meanings.length <= 1) return meanings[0]
  const [first] = meanings
  if (first!.as !== "organisation") {
    const isGeorgia = first!.country === "GEO" && meanings.some(({country}) => country === "USA")
    return (isGeorgia && meanings.find(({country}) => country === phrase.country)) || first
  }
  if (new Set(meanings.map(({country, sector}) => `${country} ${sector}`)).size === 1) return first
  for (const country of [...hints(phrase, knowledge), phrase.setting]) {
    const told = meanings.find(one => one.country === country)
    if (told) return told
  }
  return meanings.find(({as}) => as !== "organisation") ?? (new Set(meanings.map(({country}) => country)).size === 1 ? first : undefined)
}

/** Countries that may be meant: the report's, then those named in the context. */
function hints({context, country}: Phrase, knowledge: Knowledge): string[] {
  const named = context
    ? findNames(wordsOf(context.slice(0, 5 * longestPhrase)), knowledge).flatMap(({meaning}) => (meaning.length === 1 ? meaning.map(one => one.country) : []))
    : []
  return distinct([country, ...named])
}

/* ---- people ---- */

const courtesies = new Set("mr mrs ms miss dr sir dame lord lady madam madame prof professor sheikh mullah ayatollah senor monsieur herr".split(" "))

type Sought = {
  readonly date: Day | null
  /** Kinds of office that the title names; `null` where there is no title. */
  readonly duties: readonly string[] | null
  readonly countries: readonly string[]
  /** Whether a last name must fit date, duty and country; a whole name need not. */
  readonly mustFit: boolean
  /** Whether only a whole name counts. */
  readonly isWhole?: boolean
}

type Known = {readonly person: Person; readonly term: Term; readonly sector: string | null}

/** How far news leave out the first name: heads and foreign ministers of a country before its other ministers. */
const note: Readonly<Record<string, number>> = {
  "head-of-state": 5,
  "head-of-government": 5,
  foreign: 4,
  igo: 4,
  "deputy-head": 3,
  defence: 3,
  opposition: 3,
  rebel: 3,
  separatist: 3,
  legislator: 2,
  interior: 2,
  finance: 2,
}

/** The one person whom `words` name; `undefined` where several fit alike. */
function personNamed(words: readonly Word[], sought: Sought, knowledge: Knowledge): Known | undefined {
  const key = words.map(({key}, at) => (at === words.length - 1 ? words[at]!.bare : key)).join(" ")
  const people = knowledge.people(key)
  const short = people.length > 0 ? key : withoutInitials(key)
  const whole = bestOf(short === key ? people : knowledge.people(short), {...sought, mustFit: false}, 0)
  if (whole && (words.length > 1 || sought.duties !== null || (note[whole.term.duty] ?? 0) >= 3)) return whole
  if (sought.isWhole || !sought.mustFit || words.length > 3) return undefined
  return bestOf(knowledge.relatives(key), sought, sought.duties ? 1 : 4)
}

/** "Antony J. Blinken", "Joseph R. Biden Jr." → "antony blinken", "joseph biden". */
const withoutInitials = (key: string) => key.replace(/ (?:jr|sr|[ivx]+)$/, "").replace(/(?<= )\p{L} (?=\S{2})/gu, "")

function bestOf(people: readonly Person[], sought: Sought, leastNote: number): Known | undefined {
  const scored = people.flatMap(person => person.terms.map(term => ({person, term, score: fitness(term, sought, leastNote)}))).filter(({score}) => score >= 0)
  scored.sort((a, b) => b.score - a.score || (a.term.from < b.term.from ? 1 : -1))
  const [best] = scored
  if (!best) return undefined
  const rival = scored.find(({person}) => person !== best.person)
  if (rival && rival.score >= best.score && rival.term.country !== best.term.country) return undefined
  if (rival && rival.score >= best.score && sought.mustFit) return undefined
  return {person: best.person, term: best.term, sector: sectorAt(best.term, best.person, sought.date)}
}

/** How well a term fits what is sought; −1 where it does not. */
function fitness(term: Term, {date, duties, countries, mustFit}: Sought, leastNote: number): number {
  // Of one's own lists a person is known on its days only.
  if (term.duty === "listed" && date !== null && (date < term.from || date > term.to)) return -1
  const activity = date === null ? 100 : activityOn(term, date)
  const isCountry = term.country !== null && countries.includes(term.country)
  const isDuty = duties !== null && (duties.length === 0 || duties.includes(term.duty))
  const weight = note[term.duty] ?? 1
  const isTold = isCountry || countries.length === 0 || (duties !== null && duties.length <= 3) || weight >= 4
  const isOfNote =
    duties !== null
      ? isTold
      : isCountry
        ? weight >= leastNote - 1
        : (weight > leastNote || (weight === leastNote && term.duty === "foreign" && greatest.has(term.country ?? ""))) && large.has(term.country ?? "")
  if (mustFit && (activity === 0 || (duties !== null && !isDuty) || !isOfNote)) return -1
  // Of two terms that are no longer or not yet held, the one that was.
  const isPast = date !== null && activity === 0 && term.from <= date ? 10 : 0
  const nearness = isCountry ? 20 - Math.min(countries.indexOf(term.country!), 9) : 0
  return activity + isPast + (isDuty ? 40 : 0) + nearness + weight + (date === null && term.isOpen ? 3 : 0)
}

/** 100 where the term is known to hold on that day, less with each year that an open one has not been read again, else 0. */
function activityOn({from, to, isOpen}: Term, date: Day): number {
  if (date < from) return 0
  if (date <= to) return 100
  const unread = Date.parse(date) - Date.parse(to)
  return isOpen && unread < openFor ? 95 - 10 * (unread / openFor) : 0
}

/** Countries whose heads news anywhere name by the last name alone. */
const large = new Set(
  "USA CHN RUS GBR FRA DEU JPN IND BRA CAN AUS ITA ESP KOR PRK UKR TUR IRN ISR SAU EGY ZAF MEX VEN SYR IRQ AFG PAK LBY IDN PHL MYS THA POL HUN NGA ETH CUB BLR IGO PSE VAT".split(
    " ",
  ),
)

/** Countries whose foreign ministers news anywhere name so too. */
const greatest = new Set("USA CHN RUS GBR FRA DEU IND IRN ISR TUR".split(" "))

/** An open term is believed this long after it was last read: most ministers stay three years. */
const openFor = 3 * 365 * 86_400_000

/** A former holder is one of the elite; what somebody is for life (a rebel, a banker) stays; years before an office nothing is known. */
function sectorAt(term: Term, person: Person, date: Day | null): string | null {
  if (date === null || (term.sector !== "GOV" && term.sector !== "LEG")) return term.sector
  const begun = person.terms.filter(({from}) => from <= date)
  if (begun.length === 0) return Date.parse(term.from) - Date.parse(date) < openFor ? term.sector : null
  return begun.every(({to, isOpen}) => to < date && !(isOpen && Date.parse(date) - Date.parse(to) < openFor)) ? "ELI" : term.sector
}

const dutyWords: readonly [RegExp, readonly string[]][] = [
  [/vice president|deputy president|deputy prime|vice premier/, ["deputy-head"]],
  [
    /president|supreme leader|king|queen|emperor|emir|sultan|monarch|ruler|head of state|dictator|strongman|pope|pontiff|dear leader/,
    ["head-of-state", "head-of-government", "regional"],
  ],
  [
    /prime minister|premier|chancellor|taoiseach|first minister|head of government|chief executive|chief minister|crown prince/,
    ["head-of-government", "head-of-state", "regional"],
  ],
  [/foreign|external affairs|secretary of state|top diplomat/, ["foreign"]],
  [/defen[cs]e|war (minister|secretary)/, ["defence"]],
  [/interior|home (secretary|minister|affairs)|security/, ["interior", "minister"]],
  [/finance|treasur|exchequer|economy/, ["finance", "minister"]],
  [/justice|attorney general/, ["justice", "minister", "judge"]],
  [/senator|congress|lawmaker|representative|legislator|mp\b|deputy$/, ["legislator", "speaker", "opposition", "party"]],
  [/speaker/, ["speaker", "legislator"]],
  [/secretary general|director general|commissioner|high representative|policy chief|envoy|rapporteur/, ["igo", "foreign", "un", "minister"]],
  [/governor|mayor/, ["regional", "central-bank"]],
  [/general|commander|admiral|colonel|chief of staff|army chief/, ["military", "head-of-state", "rebel"]],
  [/minister|secretary/, ["minister", "foreign", "defence", "interior", "finance", "justice", "head-of-government", "igo"]],
  [/judge|prosecutor|justice/, ["judge", "prosecutor", "igo"]],
]

/** The kinds of office that a role may be; none: any. */
function dutiesOf({phrase}: Role): readonly string[] {
  return dutyWords.find(([pattern]) => pattern.test(phrase))?.[1] ?? []
}

const unique = new Set(["head-of-state", "head-of-government", "foreign", "defence"])

/** Who held a country's one presidency or ministry on that day: "the Russian president". */
function holderOf(role: Role, country: string, date: Day, {words, role: found, roles, names}: Reading, knowledge: Knowledge): Person | undefined {
  const duty = officeOf(role.phrase)
  const isPlain = roles.length === 1 && !names.some(({meaning}) => meaning.some(({as}) => as === "organisation"))
  const isOther = words
    .slice(0, found!.first)
    .some(({key}) => formerly.has(key) || opposing.has(key) || /^(deputy|vice|acting|first|next|new|incoming|shadow|interim)$/.test(key))
  if (!duty || !unique.has(duty) || !isPlain || isOther) return undefined
  return knowledge.holders(country, duty, date)
}

function officeOf(phrase: string): string | undefined {
  if (/^(president|king|queen|emperor|emir|sultan|supreme leader)$/.test(phrase)) return "head-of-state"
  if (/^(prime minister|premier|chancellor|taoiseach)$/.test(phrase)) return "head-of-government"
  if (/^(foreign (minister|secretary)|minister of foreign affairs|external affairs minister|secretary of state)$/.test(phrase)) return "foreign"
  return /^defen[cs]e (minister|secretary)$/.test(phrase) || phrase === "secretary of defense" ? "defence" : undefined
}

/* ---- kinds and names ---- */

/** Whether the role's noun is one person: "minister of defence", not "ministers", "gunmen", "police". */
function isSingular({role, words}: Reading): boolean {
  const {first, last} = role!
  const linked = words.slice(first, last).findIndex(({key}, at) => at > 0 && prepositions.has(key))
  const noun = words[linked < 0 ? last - 1 : first + linked - 1]!.bare
  return !/([^su]s|men|people|children|police|clergy|press|crew|public|staff|personnel|family|elite)$/.test(noun)
}

function kindOf(reading: Reading): ActorKind {
  const {kind} = reading.role!.meaning
  if (kind !== "person") return kind
  return isSingular(reading) ? "person" : "group"
}

function identityOf({name, kind, country, sector, basis}: Omit<Identity, "code">): Identity {
  const isBody = country === "IGO" && sector === "IGO"
  return {name, kind, country, sector, code: country || sector ? `${country ?? ""}${isBody ? "" : (sector ?? "")}` : null, basis}
}
