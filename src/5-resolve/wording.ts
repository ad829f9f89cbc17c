import type {Identity} from "../0-records/index.ts"

/** How an actor mention is worded: what links it to other mentions of the same actor. */
export type Wording = {
  readonly words: string
  readonly form: "name" | "country" | "description" | "pronoun" | "pair"
  /** Whom the words mean by themselves. */
  readonly own: Identity | undefined
  /** The proper name in the words, without office and nationality; "" where there is none. */
  readonly name: string
  /** Lower-case singular head noun of a description: "minister" of "Chilean foreign minister". */
  readonly head: string
  /** Lower-case words before the head that tell it from others, nationality left out: "foreign". */
  readonly modifiers: readonly string[]
  /** Whether "of", "for" or "in" follows the head: "president of Russia". */
  readonly isFurther: boolean
  /** Lower-case words of office: of a description all of them, of a name those before it. */
  readonly titles: readonly string[]
  /** Keys that an earlier mention of the same actor may be known by, surest first. */
  readonly keys: readonly string[]
  /** Keys that later, shorter mentions may use: last name, initials, bare head noun. */
  readonly shortKeys: readonly string[]
  readonly isPerson: boolean
  readonly isPlural: boolean
  /** After "a", "another", "some": somebody new. */
  readonly isIndefinite: boolean
  /** After "his", "its", "our" and the like, or itself such a word. */
  readonly possessor: string
  /** After "the", "this", "that" or a possessive. */
  readonly isDefinite: boolean
  readonly gender: "m" | "f" | null
  /** Grammatical person of a pronoun, else 3. */
  readonly person: 1 | 2 | 3
}

const pronouns: Record<string, {person: 1 | 2 | 3; isPlural: boolean; gender: "m" | "f" | null}> = Object.fromEntries([
  ...["i", "me", "my", "mine", "myself"].map(word => [word, {person: 1, isPlural: false, gender: null}]),
  ...["we", "us", "our", "ours", "ourselves"].map(word => [word, {person: 1, isPlural: true, gender: null}]),
  ...["you", "your", "yours"].map(word => [word, {person: 2, isPlural: false, gender: null}]),
  ...["he", "him", "his", "himself"].map(word => [word, {person: 3, isPlural: false, gender: "m"}]),
  ...["she", "her", "hers", "herself"].map(word => [word, {person: 3, isPlural: false, gender: "f"}]),
  ...["it", "its", "itself"].map(word => [word, {person: 3, isPlural: false, gender: null}]),
  ...["they", "them", "their", "theirs", "themselves"].map(word => [word, {person: 3, isPlural: true, gender: null}]),
])

const words = (list: string) => new Set(list.split(/\s+/))

/** Words that tell a person's gender. */
const men = words("mr sir lord king prince sultan emir father man chairman spokesman congressman businessman gunman policeman son husband brother")
const women = words("mrs ms miss lady dame queen princess sister woman chairwoman spokeswoman congresswoman businesswoman policewoman daughter wife mother")

/** Words of address and office that stand before a person's name. */
const titleWords =
  words(`president-elect mr mrs ms miss dr prof professor sir lord lady dame president vice deputy prime minister premier chancellor foreign defence defense interior finance justice
  secretary general state treasury attorney sen senator rep representative congressman congresswoman gov governor mayor lt lieutenant col colonel maj major gen brig brigadier capt captain sgt sergeant
  admiral adm commander marshal commodore judge justice ambassador envoy king queen prince princess crown sultan emir sheikh shaikh ayatollah grand imam pope archbishop bishop cardinal rev reverend father
  chief leader chairman chairwoman chairperson speaker spokesman spokeswoman spokesperson director commissioner acting former ex interim mp lawmaker opposition economy trade energy oil health education
  environment agriculture supreme counterpart first lady high representative special rapporteur officer constable detective inspector superintendent deputy-secretary secretary-general assistant under permanent
  head senior national security adviser advisor police army military leaders ministers presidents messrs`)

/** Head nouns of one person. */
const personHeads =
  words(`president president-elect minister premier chancellor secretary senator representative congressman congresswoman governor mayor lieutenant colonel major general captain sergeant admiral commander
  marshal judge justice ambassador envoy king queen prince princess sultan emir sheikh ayatollah imam pope archbishop bishop cardinal priest cleric chief leader chairman chairwoman speaker spokesman spokeswoman
  spokesperson director commissioner mp lawmaker deputy adviser advisor officer official man woman boy girl suspect gunman attacker journalist reporter editor lawyer attorney prosecutor activist candidate
  politician diplomat counterpart head dictator monarch politician businessman economist scientist teacher student driver pilot soldier policeman militant protester prisoner defendant detainee victim
  author writer singer blogger correspondent professor doctor analyst negotiator mediator guest host son daughter wife husband brother sister father mother nominee successor predecessor founder owner
  ruler strongman incumbent rival opponent accused guard worker citizen resident inspector rapporteur consul attaché teenager person tsar coordinator`)

/** Head nouns that are plural without an s, or always mean many. */
const pluralHeads = words(
  "people police men women children troops personnel staff crew clergy youth militia public populace media press gunmen policemen servicemen lawmakers businessmen fishermen countrymen congressmen",
)
const singularHeads = words(
  "police militia media press staff crew congress us process princess press mass boss chess business access corps hamas congress isis series news premises headquarters barracks politics paris texas laos",
)

const orgWords =
  words(`ministry department court council committee commission party union army navy forces force guard guards agency bank company corporation group front movement brigade brigades parliament congress
  chamber confederation syndicate guild
  assembly senate house office administration government authority authorities bureau service services university institute association federation league organisation organization alliance coalition
  board embassy police militia network fund foundation times post news television radio press tribunal command corps battalion regiment states nations republic kingdom islands summit conference community
  ministry's media hospital airlines airways industries group's ltd inc plc llc center centre club society trust watch network`)

const generic = words(
  "the a an this that these those some any all both each other another such new own its his her their our my same late said two three four five six seven eight nine ten several many few most more at least about around dozens hundreds thousands of",
)
const timely = words("former acting interim ex outgoing incoming new newly-elected current then late longtime veteran embattled ousted deposed visiting then-")
const particles = words("al bin ibn abu de da do dos del della di von van der den el la le bint ben ould um ag ul ur")
const pairHeads = words(
  "side country nation leader minister president government state neighbour neighbor ally rival power party capital official diplomat delegation two foe counterpart army head statesman premier chief partner team man woman kingdom republic island adversary enemy giant",
)
const isHeadsOf = /^(?:both|(?:the )?two) heads of (?:state|government)$/i
/** Plurals that may mean two without saying so. */
export const isPairPlural = (text: string) =>
  /^(?:the )?(?:leaders|ministers|presidents|premiers|neighbou?rs|rivals|foes|envoys|counterparts|enemies|adversaries|allies)$/i.test(text)

/**
 * Reads how a mention is worded.
 *
 * @param before  some characters of the text before the mention: articles stand there
 * @param isCountry  whether words are a country's name
 */
export function wordingOf(text: string, before: string, own: Identity | undefined, isCountry: (name: string) => boolean): Wording {
  const tokens = text
    .replace(/[“”"()]/g, "")
    .split(/\s+/)
    .filter(Boolean)
  const pronoun = /^\p{Lu}{2,}$/u.test(text) ? undefined : pronouns[text.toLowerCase()]
  const article = /\b(a|an|another|some|one|the|this|that|these|those|his|her|its|their|our|my)\s+(?:\S+\s)?$/i.exec(/\s$/.test(before) ? before : "")
  const last = before.trimEnd().split(/\s+/).at(-1)?.toLowerCase() ?? ""
  const basis = {
    words: text,
    own,
    isFurther: false,
    possessor: /^(?:his|her|its|their|our|my)$/.test(last) ? last : "",
    isIndefinite: /^(?:an?|another|some|one)$/.test(last) || /^(?:another|some|one|several|many|more|other|no|any|dozens|hundreds|thousands)\b/i.test(text),
    isDefinite:
      /^(?:the|this|that|these|those|his|her|its|their|our|my)$/.test(last) ||
      /^(?:this|that|these|those|the)\b/i.test(text) ||
      /['’]s$/.test(last) ||
      !!article?.[1]?.match(/^the$/i),
  }
  if (pronoun) {
    return {
      ...basis,
      form: "pronoun",
      name: "",
      head: "",
      modifiers: [],
      titles: [],
      keys: [],
      shortKeys: [],
      isPerson: pronoun.person === 1 && !pronoun.isPlural,
      ...pronoun,
    }
  }
  const courtesy = /^(?:(?:his|her|your) (?:excellency|majesty|highness|royal highness|holiness)|the (?:right )?honou?rable|hon\.?) (?=\p{Lu})/iu.exec(
    text,
  )?.[0]
  if (courtesy) return wordingOf(text.slice(courtesy.length), before, own, isCountry)
  const clean = tokens.map(token => token.replace(/[,;:]$/, "").replace(/['’]s?$/, ""))
  const lastWord = clean.at(-1) ?? ""
  const endsInRole = /^\p{Ll}/u.test(lastWord) && personHeads.has(singular(lastWord))
  const headEnd = endsInRole ? -1 : clean.findIndex((token, at) => at > 0 && small.test(token))
  const core = headEnd > 0 ? clean.slice(0, headEnd) : clean
  const {name: nameTokens, titles: before_} = nameIn(tokens, clean, core, isCountry)
  const titles = (nameTokens.length > 0 ? before_ : core).map(lower).filter(word => !generic.has(word) && !small.test(word))
  const proper = nameTokens.join(" ")
  const headWord = lower(core.at(-1) ?? "")
  const head = singular(headWord)
  const title = titles.findLast(word => personHeads.has(singular(word)) || titleWords.has(word))
  const isOrgName = nameTokens.some(token => orgWords.has(lower(token)))
  const isState = own?.kind === "country" && !own.sector && !(clean.length > 1 && /^\p{Ll}/u.test(core.at(-1) ?? ""))
  const ends = (list: ReadonlySet<string>) => list.has(head) || list.has(headWord)
  const isPairWord = /^(?:both|neither|either)$/i.test(clean[0] ?? "") || (/^two$/i.test(clean[0] ?? "") && basis.isDefinite)
  const isEach = /^each (?:side|party|country|government)$/i.test(text)
  const isAllied = isPairWord && clean.length <= 4 && /^(?:all(?:y|ies)|neighbou?rs?|rivals?|powers?|foes?|partners?)$/.test(headWord)
  const isPair =
    isEach ||
    isAllied ||
    (isPairWord && (clean.length === 1 || ((clean.length <= 3 || isHeadsOf.test(text)) && pairHeads.has(head)))) ||
    (/^(?:our|their)$/i.test(basis.possessor) && /^(?:two )?(?:countries|nations|governments)$/i.test(text)) ||
    (/^(?:the )?(?:sides|pair|duo)$/i.test(text) && basis.isDefinite)
  const isOf = (gender: ReadonlySet<string>) => clean.slice(0, core.length).some(token => gender.has(lower(token)))
  const gender = isOf(men) ? "m" : isOf(women) ? "f" : null

  if (isPair && (isAllied || !own?.country)) {
    return {
      ...basis,
      form: "pair",
      name: "",
      head,
      modifiers: [],
      titles: [],
      keys: [],
      shortKeys: [],
      isPerson: false,
      isPlural: true,
      gender: null,
      person: 3,
    }
  }
  if (isState || (own?.country && /^sides?$/.test(head))) {
    const keys = [`c:${own.country ?? lower(own.name)}`]
    return {
      ...basis,
      form: "country",
      name: own.name,
      head: "country",
      modifiers: [],
      titles: [],
      keys,
      shortKeys: [],
      isPerson: false,
      isPlural: false,
      gender: null,
      person: 3,
    }
  }
  if (nameTokens.length > 0 && !(clean.length === 1 && !own && /^\p{Lu}\p{Ll}+(?:ers|ors|ists|ents|ants|ees|ians|men)$/u.test(text))) {
    const isMany = !!title && singular(title) !== title && !(looksPersonal(nameTokens) && !/ and |,/.test(text))
    const isGroup = isMany
    const isPlural = !isOrgName && isMany && titles.some(word => /(?:ministers|presidents|leaders|senators|officials|brothers)$/.test(word))
    const isPerson =
      !isOrgName && !isGroup && (own ? own.kind === "person" || (own.kind === "other" && !!title) : !!title || !!gender || looksPersonal(nameTokens))
    const full = lower(proper)
    const lastName = lower(nameTokens.at(-1) ?? "")
    // "De Graaf" goes back to "Wouter de Graaf".
    const isBorne = nameTokens.length > 1 && nameTokens.slice(0, -1).every(token => particles.has(lower(token)))
    const id = own && own.basis === "known" && !isPerson ? [`i:${lower(own.name)}`] : []
    const stems = nameTokens.filter(token => !small.test(token)).map(token => singular(lower(token)))
    const keys = [
      `n:${full}`,
      ...id,
      `s:${stems.join(" ")}`,
      ...(isOrgName && nameTokens.length === 1 ? [`h:${full}`] : []),
      ...(nameTokens.length === 1 ? [`t:${full.replace(/^al-/, "")}`] : isBorne ? [`t:${lastName}`] : isPerson ? [`o:${lastName}`] : []),
    ]
    const initials =
      nameTokens.length > 1
        ? nameTokens
            .filter(token => /^\p{Lu}/u.test(token))
            .map(token => token[0])
            .join("")
            .toLowerCase()
        : ""
    const pieces = isPerson
      ? []
      : stems.flatMap((_, at) => (at > 0 && at < stems.length - 1 ? [`s:${stems.slice(at).join(" ")}`, `s:${stems.slice(0, at + 1).join(" ")}`] : []))
    const parts = isPerson
      ? nameTokens.filter(token => token.length > 1).map(token => `t:${lower(token).replace(/^al-/, "")}`)
      : [
          ...(nameTokens.length > 1 && own?.basis === "stated" && bodyKinds.has(own.kind) && nameTokens[0] ? [`t:${lower(nameTokens[0])}`] : []),
          `n:${initials}`,
          ...(isOrgName ? [`h:${lower(core.findLast(token => orgWords.has(lower(token))) ?? "")}`] : []),
        ]
    const shortKeys = [...parts, ...pieces, ...(nameTokens.length === 1 ? [`o:${full}`] : [])].filter(key => key.length > 3)
    return {...basis, form: "name", name: proper, head, modifiers: [], titles, keys, shortKeys, isPerson, isPlural, gender, person: 3}
  }
  const isPlural = pluralHeads.has(headWord) || (/[^s]s$/.test(headWord) && !ends(singularHeads) && headWord !== head)
  const modifiers = titles.slice(0, -1).filter(word => !timely.has(word) && !isNationality(word, own, core))
  const exact = lower(clean.filter(token => !/^(?:the|this|that|these|those|its|his|her|their|our)$/i.test(token)).join(" "))
  const isBare = modifiers.length === 0 && clean.length <= 2
  const countryKey = own?.country ? [`d:${own.country} ${titles.at(-1) ?? headWord}`] : []
  const keys = [`d:${exact}`, `n:${exact}`, ...(isBare && !own?.country ? [`h:${headWord}`] : [])]
  return {
    ...basis,
    form: "description",
    isFurther: headEnd > 0,
    name: "",
    head,
    modifiers,
    titles,
    keys: [...keys, ...(isBare ? countryKey : [])],
    shortKeys: [`h:${headWord}`, ...countryKey],
    isPerson: !isPlural && (ends(personHeads) || /^\d+-year-old$/.test(head) || own?.kind === "person"),
    isPlural,
    gender,
    person: 3,
  }
}

const bodyKinds = new Set(["company", "organisation", "media", "armed-group"])

const lower = (text: string) =>
  text
    .toLowerCase()
    .replace(/['’]s$/, "")
    .replace(/\.$/, "")
const isRole = (token = "") => titleWords.has(lower(token)) || personHeads.has(singular(lower(token)))
const singular = (word: string) =>
  /men$/.test(word)
    ? word.replace(/men$/, "man")
    : /ies$/.test(word)
      ? word.replace(/ies$/, "y")
      : /[^s]s$/.test(word) && !singularHeads.has(word)
        ? word.slice(0, -1)
        : word

/** A word such as "Chilean" in the phrase whose country the phrase has. */
function isNationality(word: string, own: Identity | undefined, tokens: readonly string[]): boolean {
  return !!own?.country && tokens.some(token => /^\p{Lu}/u.test(token) && lower(token) === word)
}

const small = /^(?:of|for|in|from|to|on|at|with|between|against|who|including|under|near|by|over|the|and)$/

/** The proper name in a phrase, and the words before it. */
function nameIn(
  tokens: readonly string[],
  clean: readonly string[],
  core: readonly string[],
  isCountry: (name: string) => boolean,
): {name: readonly string[]; titles: readonly string[]} {
  const comma = tokens.findIndex((token, at) => at < core.length - 1 && token.endsWith(","))
  const leading = comma > 0 ? properTail(clean.slice(0, comma + 1)) : []
  const following = comma > 0 && leading.length === 0 ? properTail(core) : []
  if (looksPersonal(following)) return {name: following, titles: core.slice(0, core.length - following.length)}
  if (looksPersonal(leading)) return {name: leading, titles: clean.slice(0, comma + 1 - leading.length)}
  for (let at = clean.length - 2; at >= 0; at--) {
    if (!isRole(clean[at]) || tokens[at]?.endsWith(",")) continue
    const run = properHead(clean.slice(at + 1))
    if (run.length > 0 && run.every(token => fields.has(lower(token)))) continue
    if (run.length > 0 && !run.some(token => orgWords.has(lower(token))) && !isRole(run.at(-1))) return {name: run, titles: clean.slice(0, at + 1)}
    break
  }
  if (core.length < clean.length && isRole(core.at(-1))) {
    const tail = afterOffice(clean.slice(core.length), isCountry)
    return {name: tail, titles: clean.slice(0, clean.length - tail.length)}
  }
  const front = comma > 0 ? core.slice(0, comma + 1) : core
  const tail = properTail(front)
  const isWhole = core.length < clean.length && tail.length === core.length && clean.every(token => small.test(token) || /^\p{Lu}/u.test(token))
  return isWhole ? {name: clean, titles: []} : {name: tail, titles: front.slice(0, front.length - tail.length)}
}

/** Capitalised words from the start on. */
function properHead(tokens: readonly string[]): readonly string[] {
  const end = tokens.findIndex((token, at) => !isProper(token) && !(particles.has(lower(token)) && isProper(tokens[at + 1] ?? "")))
  return end < 0 ? tokens : tokens.slice(0, end)
}

/** The name after "of State", "of Brazil", "for Yemen". */
function afterOffice(tokens: readonly string[], isCountry: (name: string) => boolean): readonly string[] {
  let at = 0
  let isSaid = false
  while (at < tokens.length) {
    const word = lower(tokens[at] ?? "")
    const length =
      small.test(word) || fields.has(word) || orgWords.has(word) || word === "armed"
        ? 1
        : ([3, 2, 1].find(count => isCountry(tokens.slice(at, at + count).join(" "))) ?? 0)
    if (length === 0) break
    isSaid = !small.test(word)
    at += length
  }
  const rest = tokens.slice(at)
  return isSaid && looksNamed(rest) ? rest : []
}

const looksNamed = (tokens: readonly string[]) =>
  tokens.length > 0 && tokens.every(token => isProper(token) || particles.has(lower(token))) && !tokens.some(token => orgWords.has(lower(token)))

/** Whether a lower-case word tells an office, as "foreign" and "minister" do and "Chilean" and "former" do not. */
export function isOfficeWord(word: string): boolean {
  return (titleWords.has(word) || fields.has(word) || personHeads.has(word)) && !timely.has(word)
}

/** Whether a lower-case word names a body of some kind: "union", "association". */
export const isBodyWord = (word: string): boolean => orgWords.has(word)

/** Words for what ministers are ministers of. */
const fields =
  words(`state foreign affairs defence defense finance interior justice health education trade energy labour labor commerce transportation transport agriculture environment
  security homeland treasury staff war police management economy industry culture tourism oil information development cooperation public international political internal external home`)

const isProper = (token: string) => /^(?:al-|el-|d['’])?\p{Lu}|^\d+\p{Lu}/u.test(token)

/** The run of capitalised words that ends the phrase, up to an office or a common noun. */
function properTail(tokens: readonly string[]): readonly string[] {
  let start = tokens.length
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at] ?? ""
    if (isProper(token) && !(titleWords.has(lower(token)) && start < tokens.length)) start = at
    else if (!(particles.has(lower(token)) && start < tokens.length && at > 0)) break
  }
  const tail = tokens.slice(start)
  const isOffice = tail.length > 0 && isRole(tail.at(-1)) && !tail.some(token => orgWords.has(lower(token)))
  return isOffice ? [] : tail
}

function looksPersonal(tokens: readonly string[]): boolean {
  return (
    tokens.length >= 2 && tokens.length <= 4 && tokens.every(token => /\p{Ll}/u.test(token) || /^(?:\p{Lu}\.?)+$/u.test(token) || particles.has(lower(token)))
  )
}

/** What "both …" are: persons, or sides that stand for countries. */
export function pairNoun(head: string): "persons" | "countries" {
  return /^(?:pair|duo)$/.test(head) || (personHeads.has(head) && head !== "") ? "persons" : "countries"
}
