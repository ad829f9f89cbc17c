import type {Borrowed, Marks, Report, Resolved, Sentence, Span, TriggerMark} from "../0-records/index.ts"
import type {Reference as Whole} from "./coreference.ts"

type Reference = Pick<Whole, "entities" | "identities">

/** How many sentences back a noun reaches: for a deed named by the same word, and for one of a type that fits. */
const reach = 3
const near = 2

/**
 * Finds sides that triggers have only by way of another sentence: "rejected the order" is turned against whoever gave
 * the order; "the blockade" is laid by whoever laid it a sentence before; praise in a quote that runs on is its speaker's.
 *
 * @param reference  who the mentions are, by `refer`, and who says each quote
 */
export function borrow(
  report: Report,
  sentences: readonly Sentence[],
  marks: Marks,
  {speakers, ...reference}: Reference & Pick<Resolved, "speakers">,
): Borrowed[] {
  const found: Borrowed[] = []
  const {triggers} = marks
  for (const [index, trigger] of triggers.entries()) {
    const hasActor = trigger.actors.length > 0
    const hasRecipient = trigger.recipients.length > 0
    if (hasActor && hasRecipient) continue
    if (!hasActor) {
      const speaker = voiced.has(trigger.type) ? speakerElsewhere(marks, speakers, trigger) : undefined
      const earlier = speaker === undefined ? sameDeed(report, triggers, index, reference) : undefined
      const via = {start: trigger.start, end: trigger.end}
      const add = (role: Borrowed["role"], mention: number) => found.push({trigger: index, role, mention, via})
      if (speaker !== undefined) add("actor", speaker)
      for (const {mention} of earlier?.actors ?? []) add("actor", mention)
      if (!hasRecipient) for (const {mention} of earlier?.recipients ?? []) add("recipient", mention)
      continue
    }
    const answered = answers.has(trigger.type) ? objectOf(report.text, sentences[trigger.sentence], trigger) : undefined
    if (!answered) continue
    const deed = deedOf(report.text, answered, triggers, index, reference)
    const via = {start: answered.start, end: answered.end}
    if (deed && deed.actors.length <= 2) for (const {mention} of deed.actors) found.push({trigger: index, role: "recipient", mention, via})
  }
  return found
}

/** Types that answer a deed: their object noun stands for whoever did it. */
const answers = new Set(["REJECT", "ACCUSE", "SUPPORT", "THREATEN", "PROTEST"])
/** Types that speakers carry out by saying them. */
const voiced = new Set(["ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN"])

/** Types that are talk, which "the move" does not stand for. */
const talk = new Set(["ACCUSE", "SUPPORT", "CONSULT", "REQUEST", "PROTEST", "REJECT"])
/** Types that are answered by blame, and by praise, where a noun fits any. */
const harsh = new Set(["ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN"])
const mild = new Set(["AGREE", "CONCEDE", "RETREAT", "AID", "COOPERATE"])

/** Nouns for what governments and bodies decide: no gunmen's deed, and no attack. */
const decisions = new Set("decision measure policy order decree ban restriction ruling verdict closure tariff expulsion curfew".split(" "))
/** Sectors of those who decide nothing for others. */
const lawless = new Set(["UAF", "REB", "SEP", "CRM", "PRO", "CVL", "LAB", "REF"])

/** Nouns for deeds, with the PLOVER types that they may stand for; `any` fits all. */
const any: readonly string[] = []
const deeds: Record<string, readonly string[]> = {
  move: any,
  decision: any,
  step: any,
  measure: any,
  action: any,
  act: any,
  deed: any,
  policy: any,
  announcement: any,
  operation: any,
  order: ["COERCE", "SANCTION", "REQUEST", "MOBILIZE", "THREATEN"],
  decree: ["COERCE", "SANCTION", "CONCEDE"],
  ban: ["COERCE", "SANCTION"],
  blockade: ["COERCE", "SANCTION"],
  curfew: ["COERCE"],
  embargo: ["SANCTION", "COERCE"],
  sanction: ["SANCTION"],
  tariff: ["SANCTION"],
  expulsion: ["SANCTION"],
  restriction: ["COERCE", "SANCTION"],
  ruling: ["SANCTION", "REJECT", "COERCE"],
  verdict: ["SANCTION"],
  sentence: ["SANCTION", "COERCE"],
  closure: ["COERCE", "SANCTION"],
  attack: ["ASSAULT"],
  strike: ["ASSAULT"],
  airstrike: ["ASSAULT"],
  raid: ["ASSAULT", "COERCE"],
  bombing: ["ASSAULT"],
  shelling: ["ASSAULT"],
  killing: ["ASSAULT"],
  murder: ["ASSAULT"],
  assassination: ["ASSAULT"],
  assault: ["ASSAULT"],
  invasion: ["ASSAULT"],
  massacre: ["ASSAULT"],
  violence: ["ASSAULT"],
  offensive: ["ASSAULT"],
  crime: ["ASSAULT", "COERCE"],
  shooting: ["ASSAULT"],
  arrest: ["COERCE"],
  detention: ["COERCE"],
  crackdown: ["COERCE", "ASSAULT"],
  seizure: ["COERCE"],
  kidnapping: ["COERCE", "ASSAULT"],
  threat: ["THREATEN"],
  ultimatum: ["THREATEN", "REQUEST"],
  warning: ["THREATEN", "ACCUSE"],
  provocation: ["MOBILIZE", "ASSAULT", "THREATEN"],
  test: ["MOBILIZE"],
  launch: ["MOBILIZE", "ASSAULT"],
  deployment: ["MOBILIZE", "AID"],
  drill: ["MOBILIZE"],
  exercise: ["MOBILIZE"],
  incursion: ["MOBILIZE", "ASSAULT"],
  accusation: ["ACCUSE"],
  allegation: ["ACCUSE"],
  charge: ["ACCUSE"],
  criticism: ["ACCUSE"],
  claim: ["ACCUSE"],
  complaint: ["ACCUSE"],
  remark: ["ACCUSE", "THREATEN", "SUPPORT"],
  statement: ["ACCUSE", "THREATEN", "SUPPORT", "REQUEST"],
  comment: ["ACCUSE", "THREATEN", "SUPPORT"],
  demand: ["REQUEST"],
  request: ["REQUEST"],
  call: ["REQUEST"],
  appeal: ["REQUEST"],
  proposal: ["REQUEST"],
  offer: ["REQUEST", "AGREE", "AID", "CONCEDE"],
  plan: ["REQUEST", "COERCE", "SANCTION"],
  initiative: ["REQUEST"],
  invitation: ["REQUEST", "AGREE"],
  gesture: ["CONCEDE", "AID", "RETREAT", "SUPPORT"],
  release: ["RETREAT", "CONCEDE"],
  pledge: ["AGREE"],
  promise: ["AGREE"],
  withdrawal: ["RETREAT", "SANCTION"],
  support: ["SUPPORT", "AID"],
  visit: ["CONSULT"],
  trip: ["CONSULT"],
  meeting: ["CONSULT"],
  deal: ["AGREE", "SUPPORT"],
  agreement: ["AGREE", "SUPPORT"],
  aid: ["AID"],
}

type Noun = Span & {readonly noun: string}

const phrase = /\b(?:the|this|that|these|those|such|its|their|his|her|any such)\s+(?:[\w“”"'’-]+\s+){0,2}?([a-z]+)\b/giu

/** The definite noun of a deed that follows the trigger in its clause. */
function objectOf(text: string, sentence: Sentence | undefined, trigger: TriggerMark): Noun | undefined {
  if (!sentence) return undefined
  const end = Math.min(sentence.end, trigger.end + 60)
  const clause = /^[^,;:.!?]*/.exec(text.slice(trigger.end, end))?.[0] ?? ""
  for (const found of clause.matchAll(phrase)) {
    const noun = stem(found[1]?.toLowerCase() ?? "")
    const gap = clause.slice(0, found.index)
    const isExplained = /^ (?:to|by|that)\b/.test(clause.slice(found.index + found[0].length))
    if (
      Object.hasOwn(deeds, noun) &&
      !isExplained &&
      /^\s*(?:(?:to|for|against|of|at|over|with|down|out|strongly|openly|immediately|also|both|and \p{L}+ed|(?:n?or|and) \p{L}+)\s+)?$/u.test(gap)
    ) {
      return {noun, start: trigger.end + found.index, end: trigger.end + found.index + found[0].length}
    }
  }
  return undefined
}

const stem = (word: string) => word.replace(/ies$/, "y").replace(/([^s])s$/, "$1")
const root = (text: string) =>
  text
    .toLowerCase()
    .replace(/(?:ing|ed|es|s|er|ers|ment|ion|e)$/, "")
    .slice(0, 6)

/** The deed before that a noun stands for: of its own word, else of a type that fits it, by somebody other than who answers. */
function deedOf(text: string, {noun, start}: Noun, triggers: readonly TriggerMark[], index: number, reference: Reference): TriggerMark | undefined {
  const trigger = triggers[index]
  if (!trigger) return undefined
  const isOther = (deed: TriggerMark) =>
    deed.actors.length > 0 && deed.actors.every(one => trigger.actors.every(own => !isSameSide(one.mention, own.mention, reference)))
  const kinds = deeds[noun] ?? any
  const isDecision = decisions.has(noun)
  const decides = ({actors}: TriggerMark) => actors.every(({mention}) => !lawless.has(reference.identities[mention]?.[0]?.sector ?? ""))
  const fits = (deed: TriggerMark) =>
    (kinds.length > 0 ? kinds.includes(deed.type) : !talk.has(deed.type)) && (!isDecision || (deed.type !== "ASSAULT" && decides(deed)))
  // "condemned the move": rather a blow than a promise.
  const expected = trigger.type === "SUPPORT" ? mild : harsh
  const suits = (deed: TriggerMark) => kinds.length > 0 || (isDecision && trigger.type === "SUPPORT") || expected.has(deed.type)
  let likely: TriggerMark | undefined
  let nearest: TriggerMark | undefined
  for (let at = index - 1; at >= 0; at--) {
    const deed = triggers[at]
    if (!deed || trigger.sentence - deed.sentence > reach) break
    const isDone = deed.status === "actual" || deed.status === "background"
    if (deed.end > start || !isDone || !fits(deed) || !isOther(deed)) continue
    if (root(text.slice(deed.start, deed.end)) === root(noun)) return deed
    if (trigger.sentence - deed.sentence > (isDecision ? reach : near)) continue
    nearest ??= deed
    if (suits(deed)) likely ??= deed
  }
  return likely ?? nearest
}

/** One entity, or a country and its government. */
function isSameSide(a: number, b: number, {entities, identities}: Reference): boolean {
  if (entities[a] === entities[b]) return true
  const [one, other] = [identities[a]?.[0], identities[b]?.[0]]
  const isState = (sector: string | null) => sector === null || sector === "GOV"
  return !!one?.country && one.country === other?.country && one.country !== "IGO" && isState(one.sector) && isState(other.sector)
}

/** Nouns that name any deed of their type again: "the attack" after "gunmen opened fire". */
const again: Readonly<Record<string, string>> = {
  ASSAULT: "attack assault violence killing shooting bombing raid strike clash ambush",
  COERCE: "arrest detention seizure raid crackdown closure ban blockade",
  SANCTION: "sanction ban expulsion suspension tariff embargo",
  ACCUSE: "accusation charge allegation claim criticism complaint",
  REQUEST: "demand request appeal call proposal",
  PROTEST: "protest demonstration rally march strike walkout",
  CONSULT: "talk meeting discussion negotiation visit summit",
  THREATEN: "threat warning ultimatum",
  RETREAT: "release withdrawal resignation pullout",
  MOBILIZE: "deployment drill exercise launch test",
  AID: "aid assistance help",
}

/** The earlier telling of a deed that a definite noun without an agent names again: by its word, or by a word for any such deed. */
function sameDeed({text}: Report, triggers: readonly TriggerMark[], index: number, reference: Reference): TriggerMark | undefined {
  const trigger = triggers[index]
  if (!trigger || !/\b(?:the|this|that|these|those)\s(?:\S+\s)?$/i.test(text.slice(Math.max(0, trigger.start - 24), trigger.start))) return undefined
  const told = text.slice(trigger.start, trigger.end).toLowerCase()
  const word = root(told)
  const kinds = again[trigger.type]?.split(" ").includes(stem(told)) ? [trigger.type, ...(deeds[stem(told)] ?? [])] : []
  const isFitting = (deed: TriggerMark) =>
    trigger.recipients.length === 0 ||
    deed.recipients.length === 0 ||
    trigger.recipients.some(({mention}) => deed.recipients.some(other => isSameSide(mention, other.mention, reference)))
  // Who suffers it again is not who did it.
  const isDone = ({actors, status}: TriggerMark) =>
    (status === "actual" || status === "background") &&
    actors.every(({mention}) => trigger.recipients.every(other => reference.entities[mention] !== reference.entities[other.mention]))
  for (let at = index - 1; at >= 0; at--) {
    const deed = triggers[at]
    if (!deed || trigger.sentence - deed.sentence > reach) return undefined
    if (deed.actors.length === 0 || !isFitting(deed)) continue
    if (deed.type === trigger.type && root(text.slice(deed.start, deed.end)) === word) return deed
    if (kinds.includes(deed.type) && deed.sentence < trigger.sentence && trigger.sentence - deed.sentence <= near && isDone(deed)) return deed
  }
  return undefined
}

/** The speaker, named in another sentence, of the quote that a trigger stands in. */
function speakerElsewhere({mentions, quotes}: Marks, speakers: readonly (number | null)[], {sentence, start, end}: TriggerMark): number | undefined {
  const at = quotes.findIndex(quote => quote.sentence === sentence && quote.content.start <= start && end <= quote.content.end)
  const speaker = speakers[at] ?? null
  return speaker !== null && quotes[at]?.cue === null && mentions[speaker]?.sentence !== sentence ? speaker : undefined
}
