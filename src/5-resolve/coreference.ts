import type {ActorKind, Identity, Marks, MentionMark, QuoteMark, Report, TriggerMark} from "../0-records/index.ts"
import {isLandOf} from "./lands.ts"
import {type Sort, sortsOfNoun, sortsOfSector} from "./sorts.ts"
import {isBodyWord, isOfficeWord, isPairPlural, pairNoun, type Wording, wordingOf} from "./wording.ts"

/** What is known without the report. */
export type Naming = {
  /** Whom words mean by themselves and by the tables; `undefined` where nothing tells. */
  readonly identify: (words: string) => Identity | undefined
  /** The name of a country by its ISO 3166 alpha-3 code. */
  readonly country: (code: string) => string | undefined
  /** The gender that a given name tells. */
  readonly gender: (name: string) => "m" | "f" | null
}

/** Who is who in a report. */
export type Reference = {
  /** One for each mention; mentions of one entity share a number; −1 for places and times. */
  readonly entities: readonly number[]
  /** Whom each actor mention means: two for "both sides"; empty for places and times. */
  readonly identities: readonly (readonly Identity[])[]
  /** Whose an entity was called, as in "their union", by the numbers of both. */
  readonly owners: ReadonlyMap<number, number>
  /** Countries that an entity is not of, by its number: whoever has a Peruvian counterpart is not of Peru. */
  readonly notOf: ReadonlyMap<number, ReadonlySet<string>>
  /** The two of an entity that is "both sides", by the numbers of all three. */
  readonly pairs: ReadonlyMap<number, readonly number[]>
}

/**
 * Links the actor mentions of a report: full names first, then last names, offices, descriptions and pronouns.
 * What any mention says of an entity holds for all of them, and what the report says comes before the tables.
 *
 * Goes through the report once, looking back over a bounded number of mentions, so it is linear in the report's length.
 */
export function refer(report: Report, marks: Marks, speakers: readonly (number | null)[], naming: Naming): Reference {
  const text = report.text
  const state: State = {
    naming,
    text,
    marks,
    publisher: officialPublisher(report, naming),
    author: authorOf(report, naming),
    titled: titledIn(report, naming),
    events: bySentence(marks),
    struck: new Set(marks.triggers.flatMap(({type, recipients}) => (striking.has(type) ? recipients.map(({mention}) => mention) : []))),
    accused: new Set(marks.triggers.flatMap(({type, recipients}) => (type === "ACCUSE" || type === "COERCE" ? recipients.map(({mention}) => mention) : []))),
    opposed: opposedIn(marks),
    roles: rolesIn(marks),
    entities: [],
    entityOf: new Int32Array(marks.mentions.length).fill(-1),
    byKey: new Map(),
    told: new Map(),
    recent: [],
    mentions: [],
    speakers: voices(text, marks, speakers),
  }
  const isCountry = (name: string) => /^\p{Lu}/u.test(name) && naming.identify(name)?.kind === "country"
  const late: number[] = []
  for (const [index, mark] of marks.mentions.entries()) {
    if (mark.kind !== "actor") continue
    const words = text.slice(mark.start, mark.end)
    const before = text.slice(Math.max(0, mark.start - 24), mark.start)
    const mention = introduced(gendered(namesake({index, mark, ...wordingOf(words, before, naming.identify(words), isCountry)}, state), naming), state)
    state.mentions[index] = mention
    const entity = linked(mention, state)
    // What the mention is may have been told by whom it was linked to.
    if (entity === "later") late.push(index)
    else join(entity ?? create(mention, state), state.mentions[index] ?? mention, state)
  }
  for (const index of late) {
    const mention = state.mentions[index]
    if (!mention) continue
    const speaker = state.speakers(mention.mark)?.mention
    const entity = speaker === undefined ? undefined : state.entities[state.entityOf[speaker] ?? -1]
    join(voice(mention, entity, state) ?? create(mention, state), mention, state)
  }
  const owners = new Map(state.entities.flatMap(({id, owner}) => (owner ? [[id, owner.id] as const] : [])))
  const pairs = new Map(state.entities.flatMap(({id, pair}) => (pair ? [[id, pair.map(one => one.id)] as const] : [])))
  const notOf = new Map(state.entities.flatMap(({id, notOf}) => (notOf.size > 0 ? [[id, notOf] as const] : [])))
  return {entities: [...state.entityOf], identities: identitiesOf(state), owners, notOf, pairs}
}

type Mention = Wording & {
  readonly index: number
  readonly mark: MentionMark
  /** What a person is called beside the name, by words that are no mention. */
  readonly called?: Mention
}

type Entity = {
  readonly id: number
  readonly mentions: Mention[]
  /** Lower-case words that the report uses as its office or description, such as "foreign", "minister". */
  readonly titles: Set<string>
  /** What its nouns and sectors say that it is. */
  readonly sorts: Set<Sort>
  kind: ActorKind | null
  hasName: boolean
  /** The last sentence that it is the first actor of. */
  firstIn: number
  isPerson: boolean
  isPlural: boolean
  gender: "m" | "f" | null
  country: string | null
  /** For "we": the speaker, where no entity of the report is the speaker's country. */
  voiceOf: Entity | null
  /** For "we" of an official statement. */
  publisher: Identity | null
  /** Whose it was called first, as in "her government": it is of the same country. */
  owner: Entity | null
  /** Whose counterpart it was called: who has the same office elsewhere; of "the other side", the first. */
  counterpartOf: Entity | null
  /** Countries that it is not of. */
  readonly notOf: Set<string>
  /** Whom one mention names as several, as "the ministers of France and Spain". */
  parts: readonly Identity[]
  /** For "both sides": the two entities, or the two countries. */
  pair: readonly [Entity, Entity] | null
}

type State = {
  readonly naming: Naming
  readonly text: string
  readonly marks: Marks
  readonly entities: Entity[]
  readonly entityOf: Int32Array
  /** Latest entity of a name, an acronym, a country or a described kind. */
  readonly byKey: Map<string, Entity>
  /** Countries told of so far, no international body, with the entity of each mention. */
  readonly told: Map<string, Entity[]>
  /** Actor mentions so far, in text order. */
  readonly recent: Mention[]
  readonly mentions: Mention[]
  /** Who published the report, where that is a government or international body and no medium. */
  readonly publisher: Identity | undefined
  /** Whose statement, speech or letter the title says that the report is. */
  readonly author: Identity | undefined
  /** Holders of an office whom the title names, with its noun. */
  readonly titled: readonly {readonly office: string; readonly name: string; readonly identity: Identity}[]
  /** The events of each sentence. */
  readonly events: readonly TriggerMark[][]
  /** Mentions upon whom force or law was used. */
  readonly struck: ReadonlySet<number>
  /** Mentions that were accused or held. */
  readonly accused: ReadonlySet<number>
  /** The other sides of the events that a mention is a side of: nobody acts upon themselves. */
  readonly opposed: ReadonlyMap<number, readonly number[]>
  /** Whether a mention acts or is acted upon in the first event that it is a side of. */
  readonly roles: ReadonlyMap<number, "actor" | "recipient">
  readonly speakers: (mark: MentionMark) => Speaker | undefined
}

/** The least probability of the model's link that is believed before the rules. */
const believed = 0.6
/**
 * What makes a pronoun's antecedent likelier: a sentence nearer, being its sentence's first actor, each mention of it up
 * to four, having just been accused or held where the pronoun is acted upon ("police arrested two buyers and accused them"). Fitted on half of the annotated corpus, where larger changes cost little.
 */
const weights = {distance: 3, first: 1, mention: 0.5, gender: 2, accused: 2}
/** How far pronouns and descriptions look back. */
const reach = {sentences: 6, mentions: 40}

/** The entity that a mention goes back to; `undefined` where it is a new one; "later" where its speaker is still to come. */
function linked(mention: Mention, state: State): Entity | undefined | "later" {
  const {form} = mention
  if (form === "pronoun") return byPronoun(mention, state)
  const apposed = byApposition(mention, state)
  // "A Lutheran minister, Mr. Bondevik": who is known by name is nobody new.
  if (apposed) return (mention.form === "name" && apposed.mentions.length === 1 && apposed.mentions[0]?.isIndefinite && byName(mention, state)) || apposed
  if (form === "pair") return byPair(mention, state)
  if (form === "name" || form === "country") return byName(mention, state)
  return byDescription(mention, state)
}

function byModel({mark}: Mention, state: State): Entity | undefined {
  const {antecedent} = mark
  return antecedent && antecedent.probability >= believed ? state.entities[state.entityOf[antecedent.mention] ?? -1] : undefined
}

// Names

/** "Yerlan Bekov, a labour lawyer," and "the committee's chairman, Yerlan Bekov," where the model marked the name alone: what he is called counts as his own words. */
function introduced(mention: Mention, state: State): Mention {
  const {own, mark, form, name, titles} = mention
  if (form !== "name" || !mention.isPerson || mention.isPlural || own?.sector || !name.includes(" ") || titles.length > 0) return mention
  if (mention.keys.some(key => state.byKey.has(key))) return mention
  const called = calledAfter(mark, state) ?? calledBefore(mark, state) ?? calledAs(mark, state)
  if (!called) return besideTitled(mention, state)
  const {words, identity} = called
  const described = wordingOf(words, "the ", identity, () => false)
  const country = (own?.basis === "stated" ? own.country : null) ?? identity?.country ?? own?.country ?? null
  const sector = identity?.sector ?? null
  const told: Identity | undefined = identity ? {...identity, name, kind: "person", country, sector, code: code(country, sector)} : own
  return {...mention, own: told, titles: described.titles, gender: mention.gender ?? described.gender, called: {...described, index: mention.index, mark}}
}

type Called = {readonly words: string; readonly identity: Identity | undefined}

/** "X, a retired general," or "X, chairman of the union," where no mention stands. */
function calledAfter({end}: MentionMark, {text, marks, naming}: State): Called | undefined {
  const found = /^, (?:\d\d, )?(?:(?:an?|the|then|who (?:is|was) (?:an?|the)) )?(\p{L}[^,.;:()"“”—\n]{2,80}?)(?=[,.;)]| who | which |$)/u.exec(
    text.slice(end, end + 140),
  )
  const heading = /^, who (?:heads|leads|chairs|runs|founded) (the \p{L}[^,.;:()"“”\n]{2,60}?)(?=[,.;])/u.exec(text.slice(end, end + 100))?.[1]
  if (heading) return asPerson(`leader of ${heading}`, naming)
  const words = found?.[1]
  if (
    !words ||
    /^(?:and|but|or|of|in|on|at|from|to|with|as|after|before|while|when|where|who|which|including|along|according|told|said|says|\p{L}+ing)\b/u.test(words)
  )
    return undefined
  const start = end + (found?.[0].length ?? 0) - words.length
  if (marks.mentions.some(other => other.kind === "actor" && other.start < start + words.length && other.end > start)) return undefined
  return asPerson(words, naming)
}

/** "X resigns as Brazil's minister of health", "X was elected president of Peru": the office that is told of. */
function calledAs({end}: MentionMark, {text, naming}: State): Called | undefined {
  const words = isMade.exec(text.slice(end, end + 160))?.[1]
  return words && /\p{L}/u.test(words) ? asPerson(words, naming) : undefined
}

const isMade =
  /^(?:[^.;:()"“”\n]{0,40}?\b(?:resign\p{Ll}*|steps? down|stepped down|stepping down|quits?|sworn in|(?:takes?|took) (?:office|over)|appoint(?:s|ed)|named|nominat(?:es|ed)|(?:re-?)?elected|chosen|inaugurated|confirmed|serv(?:es|ed|ing)|replaced|removed|dismissed|sacked|fired|ousted)(?: from (?:his|her) (?:post|position|role|job|office))?)? as (?:the |an? |its |his |her |their )?([^,.;:()"“”\n]{3,80}?)(?=[,.;]| (?:after|amid|amidst|and|at|because|days|due|during|following|hours|less|more|on|one|over|pending|since|to|when|while|who|with)\b|$)/u

/** "former prime ministers Ana Ruiz and Juan Sala": the second is called so too. */
function besideTitled(mention: Mention, state: State): Mention {
  const before = state.recent.at(-1)
  if (!before || before.mark.sentence !== mention.mark.sentence || !before.own?.sector || before.form !== "name" || before.isPlural) return mention
  if (!/^(?:,| and|, and) $/.test(state.text.slice(before.mark.end, mention.mark.start)) || !before.titles.some(isManyOffice)) return mention
  const country = mention.own?.country ?? before.own.country
  const {sector} = before.own
  const own: Identity = {...before.own, name: mention.name, country, sector, code: code(country, sector)}
  return {...mention, own, titles: before.titles}
}

const isManyOffice = (word: string) => /s$/.test(word) && isOfficeWord(word.slice(0, -1))

/** "the committee's chairman, X": the words before, from their article on, where no mention ends. */
function calledBefore({start}: MentionMark, {text, marks, naming}: State): Called | undefined {
  const words = /(?:^|[\s“"])(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Aa]n?) ((?:[\p{L}'’-]+ ){0,5}[\p{Ll}-]+), $/u.exec(
    text.slice(Math.max(0, start - 80), start),
  )?.[1]
  if (!words || marks.mentions.some(({end, kind}) => kind === "actor" && end === start - 2)) return undefined
  return asPerson(words, naming)
}

function asPerson(words: string, {identify}: Naming): Called | undefined {
  const identity = identify(words)
  const {isPerson, isPlural} = wordingOf(words, "the ", identity, () => false)
  if (!isPerson || isPlural) return undefined
  return identity?.kind === "person" || !identity ? {words, identity} : undefined
}

/** "Wagner" and "Amman" are no group and no city where the report tells of Sue Wagner and Sudesh Amman. */
const isLandHead = /^(?:country|nation|kingdom|republic|island|colony)$/

function namesake(mention: Mention, {byKey}: State): Mention {
  // "its neighbour" is a country, whatever neighbours are elsewhere.
  const isElse = isOtherSide(mention) && mention.own?.country === "IGO"
  if ((isOtherSide(mention) || isLandHead.test(mention.head)) && mention.form === "description" && (!mention.own?.country || isElse) && !mention.isPlural)
    return {...mention, own: undefined, isPerson: false}
  const {own, words} = mention
  const key = `t:${words.toLowerCase()}`
  const person = own?.basis === "known" && own.kind !== "person" && /^\p{Lu}\S+$/u.test(words) ? byKey.get(key) : undefined
  if (!person?.isPerson || person.isPlural || !person.hasName) return mention
  return {...mention, own: undefined, form: "name", name: words, keys: [key], shortKeys: [], isPerson: true, isPlural: false}
}

/** "Carla Donati" is a woman. */
function gendered(mention: Mention, naming: Naming): Mention {
  const [given, ...others] = mention.form === "name" && mention.isPerson && !mention.isPlural ? mention.name.split(" ") : []
  return !given || others.length === 0 || mention.gender ? mention : {...mention, gender: naming.gender(given)}
}

function byName(mention: Mention, state: State): Entity | undefined {
  if (isOneOf(mention, state)) {
    const found = backwards(mention, state, reach.sentences, reach.mentions).find(
      entity => entity.isPerson && !entity.isPlural && entity.country === mention.own?.country,
    )
    if (found) return found
  }
  if (isSideOf(mention)) {
    const side = state.byKey.get(`c:${mention.own?.country}`)
    if (side) return side
  }
  for (const key of mention.keys) {
    const entity = state.byKey.get(key)
    if (entity && agrees(mention, entity)) return entity
  }
  const model = byModel(mention, state)
  return model && mention.form === "name" && !mention.own && agrees(mention, model) ? model : undefined
}

/** "the Dutchman", "the Frenchwoman", "the Samoan promised": one person of a country, not "the Samoan capital". */
function isOneOf({form, isDefinite, words, own, mark}: Mention, {text}: State): boolean {
  if (form !== "country" || !isDefinite || words === own?.name) return false
  return isManOf.test(words) || (isOneOfPeople.test(words) && !isLandInAn.test(words) && standsAlone.test(text.slice(mark.end, mark.end + 24)))
}

const isManOf = /^\p{Lu}\p{Ll}+(?:man|woman)$/u
/** How words for one of a people end: Kenyan, Argentine, Iraqi, Cypriot, Icelander, Spaniard, Greek, Turk, Pole, Dane, Swede, Briton; no Afghanistan. */
const isOneOfPeople = /^\p{Lu}\p{Ll}+(?:[^st]an|ine|[^s]i|iot|lander|iard|eek|urk|ole|ane|ede|ton)$/u
const isLandInAn = /^(?:Vatican|Sudan)$/
/** After a noun of its own, which is no other's adjective: a verb, a conjunction or the sentence's end. */
const standsAlone = /^(?: (?:said|told|had|has|was|is|who|would|will|did|also|\p{Ll}+ed)\b|,? (?:and|who|but) |[.;?!])/u

/** "the Russians" are Russia where the report tells of it. */
const isSideOf = ({form, isDefinite, words, own}: Mention): boolean =>
  form !== "country" && isDefinite && own?.sector === "CVL" && own.kind === "group" && /^\p{Lu}\p{Ll}+s$/u.test(words)

/** No contradiction in number, kind or stated country. */
function agrees(mention: Mention, entity: Entity): boolean {
  if (mention.isPlural !== entity.isPlural && (mention.isPerson || entity.isPerson)) return false
  if (mention.gender && entity.gender && mention.gender !== entity.gender) return false
  const {own} = mention
  const isStated = own?.basis === "stated" && own.country && entity.country
  if (isStated && own.country !== entity.country && mention.form !== "name") return false
  if (mention.isPerson && !entity.isPerson && entity.kind && entity.kind !== "person") return false
  return !(entity.isPerson && mention.own && !["person", "government", "other"].includes(mention.own.kind))
}

/** "Ana Ruiz, the foreign minister," and "Workers' Union (WU)" are one. */
function byApposition(mention: Mention, state: State): Entity | undefined {
  const near = state.recent.slice(-3).filter(({mark}) => mark.end <= mention.mark.start && mark.end >= mention.mark.start - 24)
  // Of nested mentions that end together the outer one.
  const previous = near.find(({mark}) => mark.end === near.at(-1)?.mark.end)
  if (!previous || previous.mark.sentence !== mention.mark.sentence) return undefined
  const between = state.text.slice(previous.mark.end, mention.mark.start)
  const entity = entityOf(previous, state)
  if (!entity) return undefined
  if (/^ ?\(["“]?$/.test(between) && previous.form !== "pronoun" && !previous.isPerson && /^\p{Lu}[\p{Lu}\p{L}.-]*$/u.test(mention.words)) return entity
  if (!/^(?:,(?: \d\d,)?|,? ?[–—-]|,? ?\() ?(?:the |a |an |its |his |her |their |who is (?:the |a )?|(?:the )?country's |currently |then )?$/.test(between))
    return undefined
  const isNamed = previous.form === "name" && previous.isPerson
  const describes = (first: Mention, second: Mention) =>
    first.form === "name" && first.isPerson && second.form === "description" && !second.isPlural && (second.isPerson || (second.isIndefinite && !second.own))
  if (isBodyPair(previous, mention, state)) return entity
  if (isNamed ? !describes(previous, mention) : !describes(mention, previous)) return undefined
  return agrees(mention, entity) ? entity : undefined
}

/** "their union, the CNTE," and "PARENA, an opposition party,": one body, described and named. */
function isBodyPair(previous: Mention, mention: Mention, {text}: State): boolean {
  const isBodyOf = ({form, isPerson, isPlural, head, own}: Mention) =>
    form === "description" && !isPerson && !isPlural && (head in classes || sortsOfNoun(head).size > 0) && own?.kind !== "country"
  const isName = ({form, isPerson, own, words}: Mention) => form === "name" && !isPerson && own?.kind !== "country" && /^\p{Lu}/u.test(words)
  const [body, name] = isBodyOf(previous) && isName(mention) ? [previous, mention] : isName(previous) && isBodyOf(mention) ? [mention, previous] : []
  if (!body || !name || !/^(?:[,.;)]|$)/.test(text.slice(mention.mark.end, mention.mark.end + 1))) return false
  return !name.own?.sector || !body.own?.sector || name.own.sector === body.own.sector
}

// Descriptions

function byDescription(mention: Mention, state: State): Entity | undefined {
  if (isOtherSide(mention)) return otherLand(mention, state)
  if (mention.isIndefinite) return undefined
  const ordinal = /^(?:the )?(former|latter)$/i.exec(mention.words)?.[1]
  if (ordinal) return backwards(mention, state, 1, reach.mentions)[ordinal.toLowerCase() === "latter" ? 0 : 1]
  const model = mention.head === "counterpart" ? undefined : byModel(mention, state)
  // "the group" is no person, whatever the model's link says.
  const isApt =
    model &&
    !isNoBody(mention, model) &&
    !isOfOtherSort(mention, model) &&
    (mention.isPerson ? mention.isPlural === model.isPlural : !model.isPerson || model.isPlural)
  if (isApt) return model
  if (isEqualNoun.test(mention.head)) return counterpart(mention, state)
  if (/^(?:country|nation|homeland)$/.test(mention.head) && mention.possessor) return ownCountry(mention, state)
  if (mention.isPlural && mention.isDefinite && !mention.possessor && mention.modifiers.length === 0 && !mention.isFurther && isPairPlural(mention.words)) {
    const isLands = isNeighbour.test(mention.head)
    const pair = (isLands ? undefined : groupOf(mention, state)) ?? byPair(mention, state, !isLands)
    if (pair) return pair
  }
  for (const key of mention.keys) {
    const entity = state.byKey.get(key)
    const isByOffice = key.startsWith("h:") && entity?.isPerson && mention.isPerson
    if (entity && !isByOffice && agrees(mention, entity) && !differs(mention, entity)) return entity
  }
  if (/^(?:the )?(?:(?:warring|rival|conflicting|negotiating) )?parties$/i.test(mention.words) && mention.isDefinite && !mention.possessor) {
    const sides = byPair(mention, state, !state.byKey.has("pair"))
    if (sides) return sides
  }
  return mention.isPerson && !mention.isPlural
    ? (byOffice(mention, state) ?? byFigure(mention, state) ?? byTitle(mention, state))
    : (byClass(mention, state) ?? bySort(mention, state))
}

/** "the boy", "the victim", "the 57-year-old": the person told of last, and rather the one upon whom the deed was done. */
function byFigure(mention: Mention, state: State): Entity | undefined {
  if (!mention.isDefinite || mention.possessor || mention.isFurther || !figures.test(mention.head)) return undefined
  const persons = backwards(mention, state, reach.sentences, reach.mentions).filter(
    entity => entity.isPerson && !entity.isPlural && agrees(mention, entity) && !differs(mention, entity) && !isOpposed(mention, entity, state),
  )
  if (/^(?:suspect|defendant|accused)$/.test(mention.head)) {
    const held = persons.find(({mentions}) => mentions.slice(-reach.mentions).some(({index}) => state.accused.has(index)))
    if (held) return held
  }
  const struck = persons.find(entity => isStruck(entity, state))
  return struck ?? (/suspect|defend|accused|prison|detain|victim/.test(mention.head) ? undefined : persons.find(({titles}) => ![...titles].some(isOfficeWord)))
}

const figures = /^(?:man|woman|boy|girl|teenager|youth|suspect|defendant|accused|prisoner|detainee|victim|\d+-year-old)$/

const striking = new Set(["ASSAULT", "COERCE", "SANCTION"])

/** Whether force or law was used upon it. */
const isStruck = ({mentions}: Entity, {struck}: State) => mentions.slice(-reach.mentions).some(({index}) => struck.has(index))

/** "the militants", "the firm", "the chamber": the one actor of that sort told of lately. */
function bySort(mention: Mention, state: State): Entity | undefined {
  if (!mention.isDefinite || mention.possessor || mention.isFurther || mention.own?.country || /^(?:\d|two|three|four|five|several|one)/i.test(mention.words))
    return undefined
  const near = backwards(mention, state, reach.sentences, reach.mentions).filter(entity => (!entity.isPerson || entity.isPlural) && !entity.pair)
  if (/^victims?$/.test(mention.head)) return near.find(entity => entity.isPlural && isStruck(entity, state))
  const sorts = sortsOf(mention)
  const alike = near.filter(entity => sorts.some(sort => entity.sorts.has(sort)))
  const [only] = alike
  const isPlain = mention.modifiers.every(word => only?.titles.has(word) || /^(?:\d.*|rebel|militant|armed|main|riot|rights)$/.test(word))
  return only && alike.length === 1 && isPlain && !isOpposed(mention, only, state) ? only : undefined
}

const sortsOf = ({head, own, form}: Mention): Sort[] => [
  ...new Set([...sortsOfNoun(head), ...(own && form === "name" ? sortsOfSector(own.sector, own.kind) : [])]),
]

/** Whether the description holds words that the entity's own contradict: another number, another office. */
function differs(mention: Mention, entity: Entity): boolean {
  const {own} = mention
  return !!(own?.country && entity.country && own.country !== entity.country)
}

/** "the minister", "the Chilean minister": the latest person introduced with that office. */
function byOffice(mention: Mention, state: State): Entity | undefined {
  const found = backwards(mention, state, 400, 60).filter(entity => {
    if (!entity.isPerson || entity.isPlural || !agrees(mention, entity) || differs(mention, entity) || isOpposed(mention, entity, state)) return false
    if (isOfOther(mention, entity, state)) return false
    if (
      (mention.own?.country || (mention.isFurther && !/^head of (?:state|government)$/i.test(mention.words))) &&
      (entity.country === null || entity.country !== mention.own?.country)
    )
      return false
    return covers(mention, entity)
  })
  // "the president" is a state's rather than a union's where both are told of.
  const past = isFormer(mention.titles) ? found.find(entity => isFormer([...entity.titles])) : undefined
  return past ?? found.find(entity => isOfSector(entity, mention.own?.sector)) ?? found[0]
}

/** "The President" of a report that names him in its title alone, or later. */
function byTitle(mention: Mention, state: State): Entity | undefined {
  const {head, isDefinite, possessor, isFurther, own, modifiers} = mention
  if (!isDefinite || possessor || isFurther || own?.country || modifiers.length > 0) return undefined
  const named = state.titled.find(({office}) => office === head)
  if (!named) return undefined
  const {name, identity} = named
  const whole: Mention = {...mention, own: identity, form: "name", name, keys: [`n:${name.toLowerCase()}`]}
  const known = state.byKey.get(`n:${name.toLowerCase()}`)
  if (known) return known
  state.mentions[mention.index] = whole
  return create(whole, state)
}

/** Whether "its leader", "the truckers' leader" are of somebody else than the entity is. */
function isOfOther(mention: Mention, entity: Entity, state: State): boolean {
  if (entity.mentions.some(({words}) => words === mention.words) && mention.possessor === "") return false
  const owner = ownerOf(mention, entity, state)
  if (!owner || owner === entity || !presiding.test(mention.head)) return false
  if (entity.owner) return entity.owner !== owner && !(owner.country && entity.country === owner.country && owner.kind === "country")
  const isBody = owner.isPlural || (owner.kind !== "country" && owner.kind !== "government" && !owner.isPerson)
  return isBody ? !sharesSector(entity, owner) : !!owner.country && !!entity.country && owner.country !== entity.country
}

const sharesSector = (entity: Entity, owner: Entity) => {
  const sectors = new Set(owner.mentions.flatMap(({own}) => own?.sector ?? []))
  return entity.mentions.some(({own}) => own?.sector && sectors.has(own.sector))
}

/** Wider words for holders of an office. */
const wider: Record<string, readonly string[]> = {
  leader: ["president", "premier", "minister", "chancellor", "king", "chief", "chairman", "head", "ruler", "dictator", "strongman", "secretary"],
  president: ["leader"],
  ruler: ["president", "leader", "king", "emir", "sultan"],
  strongman: ["president", "leader"],
  dictator: ["president", "leader"],
  incumbent: ["president", "premier", "governor"],
  statesman: ["president", "premier", "minister"],
  prime: ["premier"],
  premier: ["prime"],
  pontiff: ["pope"],
  senator: ["lawmaker"],
  general: ["chief", "commander", "marshal"],
  policeman: ["officer"],
  dissident: ["opposition", "activist", "blogger"],
  activist: ["campaigner", "dissident"],
  reporter: ["journalist", "correspondent", "editor"],
  journalist: ["reporter", "correspondent", "editor"],
  ambassador: ["envoy", "diplomat"],
  official: ["minister", "secretary", "director", "commissioner", "deputy", "spokesman", "spokeswoman", "spokesperson"],
  diplomat: ["ambassador", "envoy", "minister", "representative", "consul", "affaires"],
  envoy: ["ambassador", "representative", "emissary"],
  politician: ["leader", "minister", "senator", "mp", "lawmaker", "candidate", "governor"],
  lawmaker: ["senator", "representative", "mp", "deputy", "congressman", "congresswoman"],
  commander: ["general", "colonel", "major", "chief", "admiral"],
  officer: ["policeman", "colonel", "major", "captain", "sergeant", "lieutenant"],
  chief: ["head", "director", "commander", "leader"],
  monarch: ["king", "queen", "emir", "sultan"],
}

/** All of a description's words are known of the entity, apart from the nationality. */
function covers(mention: Mention, entity: Entity): boolean {
  if (!isFormer(mention.titles) && isFormer([...entity.titles]) && entity.mentions.every(({titles}) => titles.length === 0 || isFormer(titles))) return false
  // "the bar association president" is no president of a union.
  const isOfBody = mention.modifiers.some(word => isBodyWord(word))
  if (isOfBody && !mention.modifiers.every(word => isOfficeWord(word) || entity.titles.has(word)) && !isOfSector(entity, mention.own?.sector)) return false
  const titles = [entity.titles, ...(entity.counterpartOf ? [entity.counterpartOf.titles] : [])]
  const has = (word: string) => titles.some(one => one.has(word))
  const isCalled = (word: string) => has(word) || !!wider[word]?.some(has)
  const isHead = /^head of (?:state|government)$/i.test(mention.words) ? ["president", "premier", "king", "leader", "prime"].some(has) : isCalled(mention.head)
  const isOpposition = (word: string) => word === "opposition" && entity.mentions.some(({own}) => own?.sector === "OPP" || own?.sector === "PTY")
  return isHead && mention.modifiers.every(word => isCalled(word) || isOpposition(word) || !isOfficeWord(word))
}

const isFormer = (titles: readonly string[]) => titles.some(word => /^(?:former|ex|ex-\p{L}+|retired|ousted|deposed)$/u.test(word))

const isOfSector = ({mentions}: Entity, sector: string | null | undefined) => !!sector && mentions.some(({own}) => own?.sector === sector)

/** Head nouns that stand for an organisation, a country or a company named before. */
const classes: Record<string, readonly ActorKind[]> = {
  group: ["armed-group", "organisation", "igo"],
  movement: ["armed-group", "organisation"],
  militia: ["armed-group"],
  organisation: ["organisation", "igo", "armed-group"],
  organization: ["organisation", "igo", "armed-group"],
  bloc: ["igo"],
  alliance: ["igo"],
  union: ["igo", "organisation"],
  body: ["igo", "organisation"],
  agency: ["organisation", "government", "igo", "media"],
  company: ["company"],
  firm: ["company"],
  airline: ["company"],
  party: ["organisation"],
  country: ["country"],
  nation: ["country"],
  kingdom: ["country"],
  republic: ["country"],
  state: ["country"],
  territory: ["country"],
  island: ["country"],
  colony: ["country"],
}

function byClass(mention: Mention, state: State): Entity | undefined {
  const kinds = classes[mention.head]
  // "their union" is a new one: whoever owns it tells which.
  const isLand = kinds?.[0] === "country"
  const isBare = mention.modifiers.every(word => /^\d/.test(word) || (isLand && isLandly.test(word)))
  if (!kinds || mention.possessor || mention.isPlural || !isBare || !mention.isDefinite) return undefined
  const found = backwards(mention, state, reach.sentences, reach.mentions).find(
    entity =>
      (entity.kind ? kinds.includes(entity.kind) && (isLand || entity.hasName || entity.titles.has(mention.head)) : !isLand && entity.hasName) &&
      !entity.isPlural &&
      !entity.isPerson &&
      !(isLand && (isOpposed(mention, entity, state) || !entity.country || !isLandOf(mention.words, entity.country))) &&
      !isNoBody(mention, entity) &&
      !differs(mention, entity),
  )
  return found ?? (isLand ? undefined : bodyOfMember(mention, kinds, state))
}

/** "the group" after "Hezbollah leader Naim Qassem": the body that the latest of its people was called of. */
function bodyOfMember(mention: Mention, kinds: readonly ActorKind[], state: State): Entity | undefined {
  for (const {words} of state.recent.slice(-reach.mentions).reverse()) {
    const body =
      /^((?:\p{Lu}\S* ){1,4}?)(?=(?:\p{Ll}+ )*(?:leader|chief|commander|spokes|fighter|militant|official|member|head|president|chair|director|rebel|gunm))/u
        .exec(words)?.[1]
        ?.trim()
    const own = body ? state.naming.identify(body.replace(/['’]s?$/, "")) : undefined
    if (!own || !kinds.includes(own.kind)) continue
    const entity = create(mention, state)
    const named: Mention = {...mention, own, form: "name", name: own.name, keys: [`i:${own.name.toLowerCase()}`, `n:${own.name.toLowerCase()}`]}
    state.mentions[mention.index] = named
    return entity
  }
  return undefined
}

/** "the company" is none of its workers, whatever the model's link says. */
function isOfOtherSort(mention: Mention, entity: Entity): boolean {
  const sorts = mention.isPerson ? [] : sortsOf(mention)
  return sorts.length > 0 && entity.sorts.size > 0 && !sorts.some(sort => entity.sorts.has(sort))
}

/** "the group" and "the party" are no army, court or ministry. */
const isNoBody = ({head}: Mention, {mentions}: Entity) => isBodyNoun.test(head) && mentions.some(({own}) => own?.sector && ofState.has(own.sector))
const isBodyNoun = /^(?:group|movement|militia|organi[sz]ation|party)$/
const ofState = new Set(["MIL", "COP", "GOV", "LEG", "JUD", "SPY"])

/** What a country is called after: "the Gulf state", "the island nation". */
const isLandly =
  /^(?:gulf|sahel|emirate|caribbean|european|asian|african|arab|baltic|balkan|nordic|andean|pacific|latin|american|central|eastern|western|southern|northern|middle|west|east|south|north|island|landlocked|desert|alpine|himalayan|neighbou?ring|former|soviet|oil-rich|mountainous|muslim|horn)$/i

/** "his country" is that of the one told of last, "our country" the speaker's. */
function ownCountry(mention: Mention, state: State): Entity | undefined {
  const speaker = state.speakers(mention.mark)
  const isSpeaker = /our|my/.test(mention.possessor)
  const owners = backwards(mention, state, 2, reach.mentions).filter(
    ({country, isPerson, isPlural}) => country && (isPerson || mention.possessor === "their" || isPlural),
  )
  const owner = isSpeaker ? entityOf(speaker && state.mentions[speaker.mention], state) : owners[0]
  return owner?.country ? state.byKey.get(`c:${owner.country}`) : undefined
}

/**
 * "her Peruvian counterpart" has her office in Peru: somebody told of who has it, else a new one. "his counterpart" is the
 * other person told of.
 */
function counterpart(mention: Mention, state: State): Entity | undefined {
  if (mention.isPlural || (mention.head !== "counterpart" && !/^(?:his|her)$/.test(mention.possessor))) return undefined
  const persons = backwards(mention, state, reach.sentences, reach.mentions).filter(entity => entity.isPerson && !entity.isPlural)
  const country = mention.own?.country
  const holder = mention.head === "counterpart" ? holderOf(mention, state) : undefined
  if (country) return persons.find(entity => entity.country === country && entity !== holder && (holder ? isPeer(entity, holder) : isEqual(entity, persons)))
  if (mention.head === "counterpart") {
    const isHere = holder?.mentions.at(-1)?.mark.sentence === mention.mark.sentence
    const called = isHere ? (holder.counterpartOf ?? persons.find(entity => entity.counterpartOf === holder)) : persons.find(isCounterpart)
    if (called) return called
  }
  const subject = holder ?? persons.findLast(entity => entity.mentions.at(-1)?.mark.sentence === mention.mark.sentence)
  const others = persons.filter(entity => entity !== subject)
  return subject ? (others.find(entity => entity.country && subject.country && entity.country !== subject.country) ?? others[0]) : undefined
}

const isEqualNoun = /^(?:counterpart|guest|host|visitor|colleague|interlocutor)$/

/** Whom "her" of "her Peruvian counterpart" means, or who is named before it with an 's: nobody of Peru. */
function holderOf(mention: Mention, state: State): Entity | undefined {
  const {possessor, own, mark, index} = mention
  const isAbroad = (entity: Entity) => !own?.country || entity.country !== own.country
  const within = ownWordsHolder(mention, state)
  if (within) return within
  const last = state.recent.at(-1)
  if (last && last.mark.end <= mark.start && /^['’]s?\s+(?:\S+\s+)?$/.test(state.text.slice(last.mark.end, mark.start))) return entityOf(last, state)
  if (!/^(?:his|her|its|their)$/.test(possessor)) return undefined
  const pronoun = pronounFor(possessor, mention)
  const fits = (entity: Entity | undefined): entity is Entity => !!entity && isAbroad(entity) && suits(pronoun, entity)
  const across = (state.opposed.get(index) ?? []).map(other => entityOf(state.mentions[other], state)).find(fits)
  if (across) return across
  const near = backwards(mention, state, 2, reach.mentions).filter(fits)
  return near.findLast(entity => entity.mentions.at(-1)?.mark.sentence === mark.sentence) ?? near[0]
}

/** Who is named with an 's in the mention itself: "Boateng's Ivorian counterpart". */
function ownWordsHolder({words}: Mention, state: State): Entity | undefined {
  const named = /^(?:the )?((?:\p{Lu}[\p{L}.-]+ )*\p{Lu}[\p{L}.-]+?)['’]s? (?=\S)/u.exec(words)?.[1]?.toLowerCase()
  if (!named) return undefined
  return state.byKey.get(`n:${named}`) ?? state.byKey.get(`t:${named.split(" ").at(-1)}`)
}

/** The words of office that somebody was first called by: "foreign minister". */
function officeOf({mentions}: Entity): string {
  return mentions.map(({titles}) => titles.filter(word => isOfficeWord(word) && word !== "counterpart").join(" ")).find(Boolean) ?? ""
}

const heads = /president|prime|premier|chancellor|king|queen|emir|sultan|leader|taoiseach/

/** Whether two may have one office in two countries; heads of state and of government meet as equals. */
function isPeer(entity: Entity, holder: Entity): boolean {
  const [one, other] = [officeOf(entity), officeOf(holder)]
  if (!one || !other || entity.counterpartOf === holder || holder.counterpartOf === entity) return true
  const isWithin = (a: string, b: string) => a.split(" ").every(word => b.split(" ").includes(word))
  return isWithin(one, other) || isWithin(other, one) || (heads.test(one) && heads.test(other))
}

/** Whether somebody else of those told of has the same office. */
function isEqual(entity: Entity, persons: readonly Entity[]): boolean {
  const office = [...entity.titles].filter(isOfficeWord)
  return office.length === 0 || persons.some(other => other !== entity && office.some(word => other.titles.has(word)))
}

/** "the other side", "the neighbouring country", "its partner": of two countries the one that is not told of here. */
function isOtherSide({words, head, possessor}: Mention): boolean {
  return (
    /^(?:the )?(?:other(?: side| party| country| government)?|neighbou?ring (?:country|state|nation))$/i.test(words) ||
    (isOtherLand.test(head) && possessor === "its")
  )
}

/** What countries are to each other. */
const isOtherLand = /^(?:partner|neighbou?r|rival|colony)$/
const isNeighbour = /^neighbou?r$/

/** The country that "its neighbour" is, where so far one pair of countries is told of most. */
function otherLand(mention: Mention, state: State): Entity | undefined {
  // "its eastern neighbour" may be a third one.
  const isApart = mention.modifiers.some(word => /^(?:north|south|east|west)/.test(word))
  if (mention.isPlural || isApart || !isOtherLand.test(mention.head)) return undefined
  const own = pronounFor("its", mention)
  const owner = likeliest(
    own,
    backwards(mention, state, 1, reach.mentions).filter(({country, kind}) => country && (kind === "country" || kind === "government")),
    state,
  )
  const other = owner?.country ? otherSide(owner.country, state) : undefined
  return other === undefined ? undefined : state.byKey.get(`c:${other}`)
}

/** The side that "the other side" is not: that of its event, else the one told of last in its sentence. */
function firstSide(mention: Mention, entity: Entity, state: State): Entity | undefined {
  const event = (state.opposed.get(mention.index) ?? []).map(other => entityOf(state.mentions[other], state))
  const near = mention.head === "other" ? [] : backwards(mention, state, 0, reach.mentions)
  return [...event, ...near].find(other => other && other !== entity && other.country) ?? undefined
}

// Pairs

/** "both sides", "the two ministers": the two told of last. */
function byPair(mention: Mention, state: State, isMet = false): Entity | undefined {
  const told = state.byKey.get("pair")
  const latest = told && !isOpposed(mention, told, state) ? told : undefined
  const isSides = /^(?:side|two|both|neither|part(?:y|ies)|)$/.test(mention.head)
  const isRecent = latest && (latest.mentions.at(-1)?.mark.sentence ?? 0) >= mention.mark.sentence - reach.sentences
  // Who were called so keep the name through a report, unless two others have just met.
  if (latest && !isMet && isSides && (isRecent || !metPair(mention, state, entity => !entity.pair, 1))) return latest
  const pair = pairOf(mention, state, isMet)
  if (!pair) return isRecent && !isMet ? latest : undefined
  return "id" in pair ? pair : pairEntity(mention, pair, state)
}

function pairEntity(mention: Mention, pair: readonly [Entity, Entity], state: State): Entity {
  const [a, b] = pair
  const key = `pair:${[a.country ?? a.id, b.country ?? b.id].sort()}`
  const known = state.byKey.get(key)
  const entity = known ?? create(mention, state)
  entity.pair ??= pair
  state.byKey.set(key, entity)
  state.byKey.set("pair", entity)
  return entity
}

/** "the leaders" after "leaders of the miners' federation": those, where only one group was called so lately. */
function groupOf(mention: Mention, state: State): Entity | undefined {
  const [only, ...others] = backwards(mention, state, reach.sentences, reach.mentions).filter(
    entity => entity.isPlural && !entity.pair && entity.mentions.some(({head, form}) => head === mention.head && form === "description"),
  )
  return others.length === 0 && only && !isOpposed(mention, only, state) ? only : undefined
}

/** Two entities, or one that names both: "the ministers of France and Spain". */
function pairOf(mention: Mention, state: State, isMet: boolean): readonly [Entity, Entity] | Entity | undefined {
  const noun = pairNoun(mention.head)
  const isSides = /^(?:side|party|)$/.test(mention.head)
  const isKnown = ({country, kind, sorts, mentions}: Entity) => !!country || !!kind || sorts.size > 0 || mentions.some(({own}) => own?.sector)
  const fits = (entity: Entity) =>
    (!entity.isPlural || entity.parts.length === 2 || (isSides ? isKnown(entity) : noun === "countries" && !!entity.country)) &&
    !(entity.isPerson && /^(?:the )?(?:warring|rival) /i.test(mention.words)) &&
    !entity.pair &&
    !isPartOfOther(mention, entity, state) &&
    (noun === "persons" ? (entity.isPerson || entity.parts.length === 2) && !(isLeaders(mention) && isUnderling(entity)) : isKnown(entity)) &&
    !isOpposed(mention, entity, state)
  const near = backwards(mention, state, 4, reach.mentions).filter(fits)
  const met = metPair(mention, state, fits)
  if (met) return isSides && !("id" in met) ? actedFor(met, mention, state) : met
  // "the leaders" of whom no leader is told: those of the two sides.
  if (noun === "persons" && isLeaders(mention)) {
    const isSide = (entity: Entity) => !entity.pair && !entity.isPerson && isKnown(entity) && !isOpposed(mention, entity, state)
    const isOther = (entity: Entity) => !entity.pair && isUnderling(entity) && !isOpposed(mention, entity, state)
    const sides = state.byKey.get("pair")?.pair ?? metPair({...mention, head: "side"}, state, isSide) ?? metPair(mention, state, isOther)
    if (sides) return sides
  }
  if (isMet) return undefined
  const chief = noun === "countries" ? chiefPair(mention, near, state) : undefined
  if (chief) return chief
  if (isNeighbour.test(mention.head)) return undefined
  const named = near.find(({parts}) => parts.length === 2)
  if (named) return named
  const [first, ...others] = near
  if (!first) return undefined
  const other =
    others.find(entity => entity.country !== first.country && (noun === "persons" || !!entity.country === !!first.country)) ??
    (noun === "persons" ? others[0] : undefined)
  return other && [other, first]
}

/** "both sides" after a minister and a union's president of one country: the ministry and the union, where both are told of. */
function actedFor(pair: readonly [Entity, Entity], mention: Mention, state: State): readonly [Entity, Entity] {
  const sectors = ({mentions}: Entity) => mentions.flatMap(({own}) => own?.sector ?? [])
  const bodyOf = (one: Entity) =>
    (one.owner && one.owner.kind !== "country" && !one.owner.isPerson ? one.owner : undefined) ??
    backwards(mention, state, 2 * reach.sentences, 2 * reach.mentions).find(
      other => !other.isPerson && !other.pair && (other.country ?? one.country) === one.country && sectors(other).some(sector => sectors(one).includes(sector)),
    )
  const [a, b] = pair
  const bodies = a.isPerson && b.isPerson && (a.country ?? b.country) === (b.country ?? a.country) ? [bodyOf(a), bodyOf(b)] : []
  return bodies[0] && bodies[1] && bodies[0] !== bodies[1] ? [bodies[0], bodies[1]] : pair
}

/** "the two ministers urged both sides": those are others than the ministers and their countries. */
function isPartOfOther(mention: Mention, entity: Entity, state: State): boolean {
  const pairs = (state.opposed.get(mention.index) ?? []).flatMap(other => entityOf(state.mentions[other], state)?.pair ?? [])
  return pairs.some(one => one === entity || (one.country !== null && one.country === entity.country))
}

const isLeaders = ({head}: Mention) => head === "leader"

/** Whether an office is none of a leader. */
function isUnderling(entity: Entity): boolean {
  const office = officeOf(entity)
  return /\b(?:minister|secretary|ambassador|envoy|spokes\p{L}+|official|adviser|advisor|diplomat)\b/u.test(office) && !heads.test(office)
}

/** How much an event makes its two sides those of a talk or a quarrel; arrests and thanks do so least. */
const joining: Readonly<Record<string, number>> = {
  CONSULT: 2,
  AGREE: 2,
  COOPERATE: 2,
  REJECT: 1.5,
  REQUEST: 1,
  SUPPORT: 0.5,
  COERCE: 0.5,
  PROTEST: 0.5,
  AID: 0.5,
}

/** Types whose actors are each other's opposite where no recipient is told: "France and Spain agreed". */
const mutual = new Set(["CONSULT", "AGREE", "COOPERATE"])

/** The two who have been each other's opposite in most of the events before, the latest counting most: "the two ministers" are those who met. */
function metPair(mention: Mention, state: State, fits: (entity: Entity) => boolean, lately = reach.sentences): readonly [Entity, Entity] | Entity | undefined {
  const found = new Map<string, {pair: readonly [Entity, Entity] | Entity; weight: number}>()
  // Who the sides are, all of the report tells, its beginning nearly as much as its end.
  const isSides = /^(?:side|party)$/.test(mention.head)
  const isLand = isSides || pairNoun(mention.head) === "countries"
  const [sentences, half] = isSides && lately > 1 ? [mention.mark.sentence, 10] : [lately, 4]
  const isApart = /^(?:country|nation|state|neighbou?r|government|capital|power)$/.test(mention.head)
  const last = mention.mark.sentence
  const add = (key: string, pair: readonly [Entity, Entity] | Entity, weight: number) => {
    const known = found.get(key)
    found.set(key, {pair: known?.pair ?? pair, weight: (known?.weight ?? 0) + weight})
  }
  for (const {start, sentence, actors, recipients, type, confidence} of state.events.slice(Math.max(0, last - sentences), last + 1).flat()) {
    if (start > mention.mark.start) continue
    const weight = (confidence * (joining[type] ?? 1)) / (1 + (last - sentence) / half)
    const of = (links: TriggerMark["actors"]) => links.map(({mention: one}) => entityOf(state.mentions[one], state))
    const [doers, sufferers] = [of(actors), of(recipients)]
    const isMutual = mutual.has(type) && sufferers.length === 0
    const pairs = isMutual ? (doers.length === 2 ? [[doers[0], doers[1]] as const] : []) : doers.flatMap(a => sufferers.map(b => [a, b] as const))
    for (const [a, b] of pairs) {
      if (!a || !b || a === b || !fits(a) || !fits(b)) continue
      // Whoever is asked for help by one side is not the other.
      if (type === "REQUEST" && b.kind === "igo") continue
      if (isApart && (!a.country || !b.country || a.country === b.country)) continue
      const key = [a, b].map(({country, id}) => (isLand && a.country !== b.country && country) || String(id))
      add(key.sort().join(), [a, b], a.sorts.has("police") ? weight / 4 : weight)
    }
    if (isMutual) for (const one of doers) if (one && one.parts.length === 2 && fits(one)) add(String(one.id), one, weight)
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight)[0]?.pair
}

/** The two countries that the report tells of most, unless exactly two are told of in the sentence and the one before it. */
function chiefPair(mention: Mention, near: readonly Entity[], state: State): readonly [Entity, Entity] | undefined {
  const isClose = ({mentions}: Entity) => (mentions.at(-1)?.mark.sentence ?? -1) >= mention.mark.sentence - 1
  if (new Set(near.filter(entity => entity.country && isClose(entity)).map(({country}) => country)).size === 2) return undefined
  const opposed = new Set(state.opposed.get(mention.index)?.map(other => entityOf(state.mentions[other], state)?.country))
  const [first, second, third] = [...state.told].filter(([country]) => !opposed.has(country)).sort(([, a], [, b]) => b.length - a.length)
  if (!first || !second || second[1].length < 2 || second[1].length === third?.[1].length) return undefined
  const latest = (list: readonly Entity[]) => list.findLast(({kind}) => kind === "country") ?? list.at(-1)
  const [one, other] = [latest(first[1]), latest(second[1])]
  return one && other && [one, other]
}

// Pronouns

function byPronoun(mention: Mention, state: State): Entity | undefined | "later" {
  const speaker = state.speakers(mention.mark)
  if (mention.person === 1) {
    if (speaker && state.mentions[speaker.mention]) return voice(mention, entityOf(state.mentions[speaker.mention], state), state)
    if (speaker) return "later"
    return (
      byModel(mention, state) ??
      state.byKey.get(mention.isPlural ? "first:plural" : "first:singular") ??
      (mention.isPlural ? byPublisher(mention, state) : byAuthor(mention, state))
    )
  }
  if (mention.person === 2) return undefined
  const model = byModel(mention, state)
  // "him" is no country, whatever the model's link says.
  if (model && !(mention.gender && model.kind === "country")) return model
  return (mention.isPlural ? twoWhoMet(mention, state) : undefined) ?? antecedentOf(mention, state)
}

/** "they" after one person met another. */
function twoWhoMet(mention: Mention, state: State): Entity | undefined {
  if (state.speakers(mention.mark)?.isDirect) return undefined
  const {sentence, start} = mention.mark
  const meeting = state.events
    .slice(Math.max(0, sentence - 1), sentence + 1)
    .flat()
    .findLast(({type, end, actors, recipients}) => end < start && mutual.has(type) && actors.length === 1 && recipients.length === 1)
  const [one, other] = [meeting?.actors[0], meeting?.recipients[0]].map(link => link && entityOf(state.mentions[link.mention], state))
  const isOne = (entity: Entity | undefined): entity is Entity => !!entity?.isPerson && !entity.isPlural
  return isOne(one) && isOne(other) && one !== other ? pairEntity(mention, [one, other], state) : undefined
}

/** The likeliest of those told of before that a pronoun of the third person suits. */
function antecedentOf(mention: Mention, state: State): Entity | undefined {
  const speaker = state.speakers(mention.mark)
  const own = speaker?.isDirect ? entityOf(state.mentions[speaker.mention], state) : undefined
  return likeliest(
    mention,
    backwards(mention, state, reach.sentences, reach.mentions).filter(entity => entity !== own && !isOpposed(mention, entity, state)),
    state,
  )
}

/** Of those told of before, the last one first, the one that a pronoun suits best. */
function likeliest(pronoun: Mention, entities: readonly Entity[], state: State): Entity | undefined {
  let best: Entity | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  for (const entity of entities) {
    if (!suits(pronoun, entity)) continue
    const score = salience(pronoun, entity, state)
    if (score > bestScore) {
      best = entity
      bestScore = score
    }
  }
  return best
}

/** Who may be of another country than whose they are called. */
const foreign =
  /^(?:ally|attacker|captor|counterpart|critic|enemy|foe|guest|host|killer|neighbou?r|opponent|partner|peer|prox(?:y|ie)|rival|surrogate|victim|visitor)$/

/** What a possessive would be as a mention of its own, in the place of the mention that it stands in. */
const pronounFor = (possessor: string, mention: Mention): Mention => ({...mention, ...wordingOf(possessor, "", undefined, () => false)})

/** Where holders of an office sit: "the ambassador" after "China's embassy" is China's. */
const seats: Readonly<Record<string, string>> = {ambassador: "embassy", consul: "consulate", envoy: "embassy", rector: "university", dean: "university"}

function seatOf({head, titles, form, isDefinite, possessor, own}: Mention, entity: Entity, state: State): Entity | undefined {
  const seat = seats[head] ?? titles.map(word => seats[word]).find(Boolean)
  if (!seat || !(form === "name" || (form === "description" && isDefinite)) || possessor || own?.country) return undefined
  return state.entities.findLast(
    other => other !== entity && other.mentions.some(one => one.titles.includes(seat) || one.head === seat || one.words.toLowerCase().includes(seat)),
  )
}

/** Whom "her" of "her government" or "an official of her government" means. */
function ownerOf(mention: Mention, entity: Entity, state: State): Entity | undefined {
  const {form, own} = mention
  const named = /^(?:the )?(\S+?)['’]s? \p{Ll}/iu.exec(mention.words)?.[1]?.toLowerCase()
  const told = named && !own?.country && (!own?.sector || presiding.test(mention.head)) ? state.byKey.get(`h:${named}`) : undefined
  if (told && told !== entity) return told
  const last = state.recent.at(-1)
  const before =
    !own?.country &&
    presiding.test(officeWord(mention)) &&
    /(\p{L}+)['’]s? $/u.exec(state.text.slice(Math.max(0, mention.mark.start - 30), mention.mark.start))?.[1]
  // "the union's general secretary Mike Brannigan"
  const body = before ? (last?.mark.end === mention.mark.start - 3 ? entityOf(last, state) : state.byKey.get(`h:${before.toLowerCase()}`)) : undefined
  if (body && body !== entity) return body
  // "Cambodia, whose army": what stands before the comma owns it.
  if (last && !own?.country && /^,? whose $/.test(state.text.slice(last.mark.end, mention.mark.start))) return entityOf(last, state)
  const within = /\b(?:of|from) (his|her|its|their|them)\b/.exec(mention.words)?.[1]
  const possessor = within ?? mention.possessor
  if (own?.country || form === "country" || form === "pair" || foreign.test(mention.head) || !/^(?:his|her|its|their|them)$/.test(possessor)) return undefined
  const pronoun = pronounFor(possessor, mention)
  return likeliest(
    pronoun,
    backwards(mention, state, 1, reach.mentions).filter(other => other !== entity && !(mention.head === "leader" && isLeaderless(other))),
    state,
  )
}

/** Courts and chambers have no leader: "the court dissolved the party and banned its leader". */
const isLeaderless = ({mentions}: Entity) => mentions.some(({own}) => own?.sector === "JUD" || own?.sector === "LEG")

/** A government's or international body's own statement says "we" for itself. */
function byPublisher(mention: Mention, state: State): Entity | undefined {
  const {publisher, author} = state
  const land = publisher ? (publisher.kind === "country" ? publisher.country : null) : author?.country
  const known = land ? state.byKey.get(`c:${land}`) : undefined
  if (!publisher && (!land || isQuoted(mention, state))) return undefined
  const entity = known ?? create(mention, state)
  const name = land ? state.naming.country(land) : undefined
  if (publisher) entity.publisher = publisher
  else if (!known && land) entity.publisher = {name: name ?? land, kind: "country", country: land, sector: null, code: land, basis: "resolved"}
  return entity
}

/** Whether words stand in somebody's, whoever says them. */
function isQuoted({mark}: Mention, {marks, text}: State): boolean {
  if (marks.quotes.some(({content}) => content.start <= mark.start && mark.end <= content.end)) return true
  const before =
    text
      .slice(Math.max(0, mark.start - 400), mark.start)
      .split("\n")
      .at(-1) ?? ""
  return before.lastIndexOf("“") > before.lastIndexOf("”") || (before.split('"').length - 1) % 2 === 1
}

/** Who says "I" in a statement that the title calls somebody's. */
function byAuthor(mention: Mention, state: State): Entity | undefined {
  if (state.author?.kind !== "person" || isQuoted(mention, state)) return undefined
  const entity = create(mention, state)
  entity.isPerson = true
  entity.publisher = state.author
  return entity
}

/** Whom a speaker means by "I" and "we": officials say "we" for their country, all others for a group of their own. */
function voice(mention: Mention, speaker: Entity | undefined, state: State): Entity | undefined {
  if (!mention.isPlural || !speaker?.isPerson) return speaker
  const country = speaker.country ? state.byKey.get(`c:${speaker.country}`) : undefined
  const key = `we:${speaker.id}`
  const known = country ?? state.byKey.get(key)
  if (known) return known
  const entity = create(mention, state)
  entity.voiceOf = speaker
  state.byKey.set(key, entity)
  return entity
}

function suits(mention: Mention, entity: Entity): boolean {
  if (mention.gender) return entity.isPerson && !entity.isPlural && entity.gender !== (mention.gender === "m" ? "f" : "m")
  if (mention.isPlural) return entity.isPlural || (!entity.isPerson && !!entity.kind)
  return !entity.isPerson && !entity.isPlural
}

function salience(mention: Mention, entity: Entity, state: State): number {
  // "its" of "three of its fishermen" is not acted upon itself.
  const role = state.mentions[mention.index]?.form === "pronoun" ? state.roles.get(mention.index) : undefined
  const accused = role === "recipient" && state.accused.has(entity.mentions.at(-1)?.index ?? -1) ? weights.accused : 0
  const last = entity.mentions.at(-1)?.mark.sentence ?? -1
  const first = entity.firstIn === last ? weights.first : 0
  const gender = mention.gender && entity.gender === mention.gender ? weights.gender : 0
  return accused + gender + first - weights.distance * (mention.mark.sentence - last) + weights.mention * Math.min(entity.mentions.length, 4)
}

// Bookkeeping

function entityOf(mention: Mention | undefined, state: State): Entity | undefined {
  return mention && state.entities[state.entityOf[mention.index] ?? -1]
}

/** Entities before the mention, the one told of last first. */
function backwards(mention: Mention, state: State, sentences: number, mentions: number): Entity[] {
  const found = new Set<Entity>()
  for (let at = state.recent.length - 1; at >= 0 && at >= state.recent.length - mentions; at--) {
    const previous = state.recent[at]
    if (!previous || previous.mark.sentence < mention.mark.sentence - sentences) break
    const entity = entityOf(previous, state)
    if (entity) found.add(entity)
  }
  return [...found]
}

function create(mention: Mention, state: State): Entity {
  const entity: Entity = {
    id: state.entities.length,
    mentions: [],
    titles: new Set(),
    sorts: new Set(),
    kind: null,
    hasName: false,
    firstIn: -1,
    isPerson: mention.isPerson && mention.form !== "pronoun",
    isPlural: mention.isPlural,
    gender: null,
    country: null,
    voiceOf: null,
    owner: null,
    counterpartOf: null,
    publisher: null,
    notOf: new Set(),
    parts: [],
    pair: null,
  }
  if (mention.form === "pronoun" && mention.gender) entity.isPerson = true
  state.entities.push(entity)
  return entity
}

/** "its president" has the part of the body that he presides over, and no state's. */
function serving(mention: Mention, entity: Entity, state: State): Mention {
  const owner = entity.owner
  if (!owner || mention.own?.country || !presiding.test(officeWord(mention)) || owner.isPerson || owner.country === "IGO") return mention
  const body = owner.mentions.map(({own}) => own).find(own => own?.sector && bodies.has(own.kind))
  if (!body?.sector || body.sector === "GOV") return mention
  const own: Identity = {...(mention.own ?? {name: mention.words, kind: "person", country: null, basis: "stated"}), sector: body.sector, code: body.sector}
  state.mentions[mention.index] = {...mention, own}
  return {...mention, own}
}

/** The noun of somebody's office: "secretary" of "general secretary Mike Brannigan". */
const officeWord = ({called, form, head, titles}: Mention): string => called?.head ?? (form === "name" ? (titles.at(-1) ?? "") : head)

const presiding =
  /^(?:president|secretary|chairman|chairwoman|chair|chief|head|leader|director|spokesman|spokeswoman|spokesperson|chancellor|governor|treasurer|general|member|boss)$/

function join(entity: Entity, told: Mention, state: State): void {
  const isFirst = entity.mentions.length === 0
  if (isFirst) entity.owner = ownerOf(told.called ?? told, entity, state) ?? seatOf(told, entity, state) ?? null
  const mention = isFirst ? serving(told, entity, state) : told
  const previous = state.recent.at(-1)
  if (previous?.mark.sentence !== mention.mark.sentence) entity.firstIn = mention.mark.sentence
  if (mention.form === "name") entity.hasName = true
  entity.mentions.push(mention)
  state.entityOf[mention.index] = entity.id
  state.recent.push(mention)
  entity.gender ??= mention.gender
  if (mention.form === "pronoun") {
    if (mention.person === 1) state.byKey.set(mention.isPlural ? "first:plural" : "first:singular", entity)
    tell(entity, state)
    return
  }
  if (entity.parts.length === 0 && !entity.pair && mention.isPlural) entity.parts = compound(mention, state.naming)
  entity.kind ??= mention.own?.kind ?? (mention.isPerson ? "person" : null)
  if (mention.own?.basis === "stated") entity.country = mention.own.country ?? entity.country
  else entity.country ??= mention.own?.country ?? entity.owner?.country ?? null
  tell(entity, state)
  if (mention.isPerson && (isFirst || mention.own?.kind === "person" || mention.titles.length > 0)) entity.isPerson = true
  for (const word of mention.titles) entity.titles.add(word)
  if (!mention.isPerson || mention.isPlural) for (const sort of sortsOf(mention)) entity.sorts.add(sort)
  if (isCalledEqual(mention)) {
    const holder = holderOf(mention, state)
    entity.counterpartOf ??= holder ?? backwards(mention, state, 1, reach.mentions).find(other => other.isPerson && other !== entity) ?? null
    if (mention.own?.country && holder !== entity) holder?.notOf.add(mention.own.country)
    // "the ministry and its Kenyan counterpart": a body has no person for its equal.
    if (isFirst && !mention.name && holder && !holder.isPerson) entity.isPerson = false
  }
  if (isOtherSide(mention)) entity.counterpartOf = firstSide(mention, entity, state) ?? null
  for (const key of mention.keys) if (!key.startsWith("o:")) state.byKey.set(key, entity)
  for (const key of mention.shortKeys) {
    const known = state.byKey.get(key)
    const isTaken = key.startsWith("t:") && known && known.mentions.length > entity.mentions.length
    if (!isTaken) state.byKey.set(key, entity)
  }
}

function tell(entity: Entity, {told}: State): void {
  const {country} = entity
  if (!country || country === "IGO") return
  const known = told.get(country)
  if (known) known.push(entity)
  else told.set(country, [entity])
}

function officialPublisher({publisher}: Report, naming: Naming): Identity | undefined {
  const found = publisher ? naming.identify(publisher) : undefined
  return found && ["government", "country", "igo"].includes(found.kind) ? found : undefined
}

/** "Statement by President Joe Biden on Support for Ukraine", "Remarks by …". */
function authorOf({title}: Report, naming: Naming): Identity | undefined {
  const told =
    /\b(?:statement|remarks|message|speech|address|letter|op-ed)(?: as (?:delivered|prepared))? (?:by|from|of) (.+?)(?= (?:on|to|at|in|after|before|for|about|regarding|following|with) |[:;,(]|$)/i.exec(
      title ?? "",
    )
  const found = told?.[1] ? naming.identify(told[1]) : undefined
  if (found?.kind === "person") return found
  // "The United States Welcomes the Truce in Yemen"
  const doer = /^(?:The )?((?:\p{Lu}[\p{L}.]* ){1,3}?)\p{L}+s /u.exec(title ?? "")?.[1]
  const land = doer && naming.identify(doer.trim())
  return land && land.kind === "country" && !land.sector ? land : undefined
}

/** "President Vladimir Putin met with the cabinet": known people by office and name. */
function titledIn({title}: Report, naming: Naming): State["titled"] {
  return [...(title ?? "").matchAll(inOffice)].flatMap(([, before = "", office = "", name = ""]) => {
    const words = name.trim().split(" ")
    for (let length = words.length; length > 0; length--) {
      const identity = naming.identify(
        `${before}${office} ${words
          .slice(0, length)
          .join(" ")
          .replace(/['’]s?$/, "")}`,
      )
      if (identity?.kind === "person" && identity.basis === "known" && identity.country) return [{office: office.toLowerCase(), name: identity.name, identity}]
    }
    return []
  })
}

const inOffice =
  /((?:Prime |Foreign |Vice |Defen[cs]e )?)\b(President|Minister|Secretary|Premier|Chancellor|King|Queen|Emir|Governor) (\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,3})/gu

function bySentence({triggers}: Marks): TriggerMark[][] {
  const events: TriggerMark[][] = []
  for (const trigger of triggers) {
    for (let sentence = events.length; sentence <= trigger.sentence; sentence++) events.push([])
    events[trigger.sentence]?.push(trigger)
  }
  return events
}

function opposedIn({triggers}: Marks): Map<number, number[]> {
  const opposed = new Map<number, number[]>()
  const add = (one: number, other: number) => opposed.set(one, [...(opposed.get(one) ?? []), other])
  for (const {actors, recipients} of triggers) {
    for (const actor of actors) {
      for (const recipient of recipients) {
        add(actor.mention, recipient.mention)
        add(recipient.mention, actor.mention)
      }
    }
  }
  return opposed
}

function rolesIn({triggers}: Marks): Map<number, "actor" | "recipient"> {
  const roles = new Map<number, "actor" | "recipient">()
  for (const {actors, recipients} of triggers) {
    for (const {mention} of actors) if (!roles.has(mention)) roles.set(mention, "actor")
    for (const {mention} of recipients) if (!roles.has(mention)) roles.set(mention, "recipient")
  }
  return roles
}

function isOpposed(mention: Mention, entity: Entity, state: State): boolean {
  return !!state.opposed.get(mention.index)?.some(other => state.entityOf[other] === entity.id)
}

// Speakers

type Speaker = {readonly mention: number; readonly isDirect: boolean}

/** The speaker of the words that a mention stands in. Quotes are in text order; mentions are asked about from left to right. */
function voices(text: string, {quotes}: Marks, speakers: readonly (number | null)[]): (mark: MentionMark) => Speaker | undefined {
  let next = 0
  return ({start, end}) => {
    while (next > 0 && (quotes[next - 1]?.content.end ?? 0) > start) next--
    while (next < quotes.length && (quotes[next]?.content.end ?? 0) <= start) next++
    for (let at = next; at < quotes.length && at < next + 3; at++) {
      const quote = quotes[at]
      if (quote && quote.content.start <= start && end <= quote.content.end) {
        const mention = speakers[at] ?? null
        return mention === null ? undefined : {mention, isDirect: isDirect(text, quote)}
      }
    }
    return undefined
  }
}

/** Within quotation marks from its first word on. */
function isDirect(text: string, {content}: QuoteMark): boolean {
  return /["“”«‘']\s*$/.test(text.slice(Math.max(0, content.start - 2), content.start)) || /^["“«‘']/.test(text.slice(content.start, content.start + 1))
}

// Identities

function identitiesOf(state: State): (readonly Identity[])[] {
  const {naming} = state
  const shared = new Map<Entity, Identity>()
  const equals = equalsIn(state)
  const of = (entity: Entity): Identity => {
    const known = shared.get(entity)
    if (known) return known
    const found = entity.voiceOf ? of(entity.voiceOf) : entity.publisher ? {...entity.publisher, basis: "resolved" as const} : pooled(entity, naming)
    // Set before the counterpart is asked: two may be called each other's.
    shared.set(entity, found)
    const isOnlyKnown = isCounterpart(entity) && !entity.mentions.some(({own}) => own?.sector && own.basis === "stated")
    const master = found.sector === "UAF" ? entity.owner : null
    if (found.country !== null && found.sector !== null && !isOnlyKnown && !master) return found
    const owner = found.country === null && entity.owner ? of(entity.owner) : undefined
    const equal = entity.counterpartOf ?? (found.country === null ? equals(entity) : undefined)
    const peer = equal && of(equal)
    const country = found.country ?? owner?.country ?? (peer && otherSide(peer.country, state)) ?? null
    const office = peer?.sector === "IGO" && country !== "IGO" ? "GOV" : peer?.sector
    // "its fighters" are rebels where it is a rebel group.
    const rebels = master && /^(?:REB|SEP|CRM)$/.exec(of(master).sector ?? "")?.[0]
    // Whom the report calls a president's counterpart governs, whatever the tables last knew.
    const governing = entity.isPerson || isCounterpart(entity) ? office : null
    const sector = rebels ?? (isOnlyKnown ? (governing ?? found.sector) : (found.sector ?? governing)) ?? null
    const whole = {...found, ...nameOf(entity, country, naming), country, sector, code: code(country, sector)}
    shared.set(entity, whole)
    return whole
  }
  return state.marks.mentions.map((mark, index) => {
    const mention = state.mentions[index]
    const entity = entityOf(mention, state)
    if (mark.kind !== "actor" || !mention || !entity) return []
    if (entity.pair) return partIdentities(mention, entity.pair.map(of), naming)
    const parts = mention.form === "pronoun" ? [] : compound(mention, naming)
    const office = isCounterpart(entity) && entity.counterpartOf ? of(entity.counterpartOf).sector : null
    if (parts.length > 1)
      return parts.map(part => (part.sector || !office ? part : {...part, kind: "person", sector: office, code: code(part.country, office)}))
    if (entity.parts.length > 1) return partIdentities(mention, entity.parts, naming)
    return [own(mention, of(entity), entity.mentions[0] === mention)]
  })
}

const isCalledEqual = ({titles}: Mention) => titles.some(word => /^counterparts?$/.test(word))

const isCounterpart = ({mentions, counterpartOf}: Entity) => counterpartOf !== null && mentions.some(isCalledEqual)

/** Of a counterpart without a name the office, and who holds it where the tables know: "foreign minister of Peru". */
function nameOf(entity: Entity, country: string | null, {identify, country: countryName}: Naming): Partial<Identity> {
  if (entity.hasName || !isCounterpart(entity) || !country || !entity.counterpartOf) return {}
  const [office, land] = [officeOf(entity.counterpartOf), countryName(country)]
  if (!office || !land || !entity.isPerson) return {kind: entity.isPerson ? "person" : (entity.counterpartOf.kind ?? "other")}
  const holder = identify(`${office} of ${land}`)
  return {name: holder?.basis === "known" ? holder.name : `${office} of ${land}`, kind: "person"}
}

/** Who has the same office by another name: where the report is about two countries, that is the other one's. */
function equalsIn({entities}: State): (entity: Entity) => Entity | undefined {
  const office = ({titles}: Entity) => [...titles].filter(isOfficeWord).sort().join(" ")
  const isHolder = (entity: Entity) => entity.isPerson && !entity.isPlural && entity.hasName && office(entity).includes(" ")
  const holders = new Map<string, Entity>()
  for (const entity of entities) if (isHolder(entity) && entity.country && !holders.has(office(entity))) holders.set(office(entity), entity)
  return entity => (isHolder(entity) ? holders.get(office(entity)) : undefined)
}

/** The other one of the two countries that the report tells of most. */
function otherSide(country: string | null, {told}: State): string | undefined {
  const [first, second, third] = [...told].sort(([, a], [, b]) => b.length - a.length)
  if (!first || !second || second[1].length < 2 || second[1].length === third?.[1].length) return undefined
  return first[0] === country ? second[0] : second[0] === country ? first[0] : undefined
}

/** What the report and the tables say of an entity: stated words before the tables, the first before the later. */
function pooled(entity: Entity, naming: Naming): Identity {
  const told = entity.mentions.flatMap(mention => (mention.own && !(entity.kind === "country" && isSideOf(mention)) ? [mention.own] : []))
  const ordered = [...told.filter(({basis}) => basis === "stated"), ...told.filter(({basis}) => basis !== "stated")]
  const country = ordered.find(one => one.country)?.country ?? null
  // "the council" says less of the Security Council than its name does.
  const body = entity.isPerson ? undefined : told.find(one => one.basis === "known" && bodies.has(one.kind))
  const sector = entity.kind === "country" ? null : (body?.sector ?? ordered.find(one => one.sector)?.sector ?? null)
  const named = entity.mentions.filter(mention => mention.form === "name" || mention.form === "country")
  const full = named.reduce<string>((best, {name, own}) => longest(best, own?.kind === "person" || !own ? name : own.name), "")
  const land = entity.kind === "country" && country ? naming.country(country) : undefined
  const name = land || full || told[0]?.name || entity.mentions.find(mention => mention.form !== "pronoun")?.words || entity.mentions[0]?.words || ""
  const kind = entity.isPerson && !entity.isPlural ? "person" : (ordered[0]?.kind ?? "other")
  return {name, kind, country, sector, code: code(country, sector), basis: "resolved"}
}

const bodies = new Set<ActorKind>(["igo", "armed-group", "organisation", "company", "media"])

const longest = (a: string, b: string) => (b.length > a.length ? b : a)
const code = (country: string | null, sector: string | null) => (country || sector ? `${country ?? ""}${sector && sector !== country ? sector : ""}` : null)

/** The entity's identity as this mention has it: its own words first. */
function own(mention: Mention, shared: Identity, isFirst: boolean): Identity {
  const self = mention.own
  if (!self || (shared.country === "IGO" && !self.country && shared.sector && !/person|group/.test(shared.kind))) return shared
  if (shared.kind === "country" && isSideOf(mention)) return shared
  if (!isFirst && mention.form === "description" && ((shared.sector && !self.country) || shared.kind === "country")) return shared
  const isStated = self.basis === "stated"
  const country = (isStated ? self.country : null) ?? shared.country
  const sector = (isStated ? self.sector : null) ?? shared.sector
  const isSame = self.country === country && self.sector === sector
  return {...shared, name: shared.name || self.name, country, sector, code: code(country, sector), basis: isSame ? self.basis : "resolved"}
}

/** The two as this mention calls them: "the two countries" of two ministers are their countries. */
function partIdentities(mention: Mention, parts: readonly Identity[], naming: Naming): Identity[] {
  const isPersons = pairNoun(mention.head) === "persons"
  const isApart = parts.every(({country}) => country && country !== "IGO") && new Set(parts.map(({country}) => country)).size === parts.length
  return parts.map(one => {
    if (isPersons && one.kind === "country") return {...one, kind: "person", sector: "GOV", code: code(one.country, "GOV"), basis: "resolved"}
    if (isPersons || mention.form === "pronoun" || !isApart || !one.country) return {...one, basis: "resolved"}
    return {...one, name: naming.country(one.country) ?? one.name, kind: "country", sector: null, code: one.country, basis: "resolved"}
  })
}

/** "energy ministers of France and Spain" are two. */
function compound({words, own}: Mention, {identify}: Naming): Identity[] {
  if (own?.kind === "country" || !/ and |, /.test(words)) return []
  const parts = words.split(/, and |, | and /).map(identify)
  if (parts.some(part => !part?.country)) return []
  const told = parts.filter(part => part !== undefined)
  if (new Set(told.map(part => part.country)).size < told.length) return []
  const sectors = told.filter(part => part.sector)
  const only = sectors.length === 1 ? sectors[0] : undefined
  return told.map(part => (only && !part.sector ? {...part, sector: only.sector, kind: only.kind, code: code(part.country, only.sector)} : part))
}
