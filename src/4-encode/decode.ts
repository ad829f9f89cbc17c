import type {Link, MentionMark, QuoteMark, Span, Status, TriggerMark} from "../0-records/index.ts"
import type {Manifest} from "./manifest.ts"
import type {Passage, Stretch} from "./passage.ts"
import {chancesOf, likeliestOf, meanRow, sigmoid, softmax, spansOf, type Tagged} from "./path.ts"
import type {Logits, Outputs} from "./session.ts"

/** Marks of one passage; links count within `mentions` here. training/evaluate.py decodes in the same way. */
export type PassageMarks = {readonly mentions: MentionMark[]; readonly triggers: TriggerMark[]; readonly quotes: QuoteMark[]}

/** Reads the marks out of the model's logits for one passage of `text`. */
export function decode(text: string, passage: Passage, outputs: Outputs, manifest: Manifest): PassageMarks {
  const found: PassageMarks = {mentions: [], triggers: [], quotes: []}
  const spans: Tagged[] = []
  let base = 0
  for (const stretch of passage) {
    decodeStretch(text, stretch, base, outputs, manifest, found, spans)
    base += stretch.words.length
  }
  return found
}

function decodeStretch(text: string, stretch: Stretch, base: number, outputs: Outputs, manifest: Manifest, found: PassageMarks, earlier: Tagged[]): void {
  const {labels, cut} = manifest
  const end = base + stretch.words.length
  const isOwn = ({first}: Tagged) => first - base >= stretch.from && first - base < stretch.to
  const absolute = (tagged: Tagged): Tagged => ({...tagged, first: tagged.first + base, last: tagged.last + base})
  const spanOf = ({first, last}: Tagged): Span => ({start: stretch.words[first - base]!.start, end: stretch.words[last - 1 - base]!.end})
  const tagged = (logits: Logits, tags: readonly string[]) => spansOf(logits, base, end, tags).map(absolute).filter(isOwn)

  const wordAt = (index: number) => text.slice(stretch.words[index - base]!.start, stretch.words[index - base]!.end)
  const mentions = tagged(outputs.mention, labels.mentions)
    .filter(({probability}) => probability >= cut.mention)
    .map(mention => trimmed(mention, wordAt))
  const contents = joined(tagged(outputs.content, labels.spans))
  const cues = tagged(outputs.cue, labels.spans)
  const words = outputs.mention.data.length / outputs.mention.width
  const linkOf = (role: string, head: Tagged, to: Tagged) => sigmoid(meanPair(outputs.roles, labels.roles.indexOf(role), words, head, to))

  const offset = found.mentions.length
  for (const mention of mentions) {
    const antecedent = mention.kind === "actor" ? antecedentOf(mention, earlier, outputs.same, words, found.mentions, cut.same) : null
    found.mentions.push({
      ...spanOf(mention),
      sentence: stretch.sentence,
      kind: mention.kind as MentionMark["kind"],
      probability: mention.probability,
      antecedent,
    })
    earlier.push(mention)
  }
  const links = (role: string, head: Tagged, ...kinds: string[]): Link[] =>
    mentions.flatMap((mention, i) => (kinds.includes(mention.kind) ? [{mention: offset + i, probability: linkOf(role, head, mention)}] : []))

  const told = triggersOf(outputs.trigger, base, end, labels.triggers, cut.trigger)
    .filter(isOwn)
    .map((trigger): TriggerMark => {
      const {first, last, kind: type} = trigger
      const status = softmax(meanRow(outputs.status, first, last))
      const contexts = meanRow(outputs.contexts, first, last)
        .map((logit, i) => ({name: labels.contexts[i]!, probability: sigmoid(logit)}))
        .filter(({probability}) => probability >= cut.context)
        .sort((a, b) => b.probability - a.probability)
      const sides = apart(links("actor", trigger, "actor"), links("recipient", trigger, "actor"), cut)
      const statusAt = likeliest(status)
      return {
        ...spanOf(trigger),
        sentence: stretch.sentence,
        type,
        mode: modeOf(type, softmax(meanRow(outputs.mode, first, last)), labels),
        status: labels.statuses[statusAt] as Status,
        contexts: contexts.slice(0, 3).map(({name}) => name),
        probability: trigger.probability,
        statusProbability: status[statusAt]!,
        actors: sides.actors,
        recipients: sides.recipients,
        places: chosen(links("place", trigger, "place", "actor"), cut.place),
        dates: chosen(links("date", trigger, "time"), cut.date),
        confidence: confidenceOf(trigger, outputs.trigger, sides, manifest),
      }
    })
  found.triggers.push(...oneEach(told))
  for (const content of contents) {
    const [best] = cues.map(cue => ({cue, probability: linkOf("content", cue, content)})).sort((a, b) => b.probability - a.probability)
    const cue = best && best.probability >= cut.content ? best.cue : null
    const [speaker] = cue ? chosen(links("speaker", cue, "actor"), cut.speaker) : []
    found.quotes.push({
      sentence: stretch.sentence,
      content: spanOf(content),
      cue: cue && spanOf(cue),
      speaker: speaker ?? null,
      probability: content.probability * (best && cue ? best.probability : 1),
    })
  }
}

/**
 * A trigger begins where the begin tags together reach `floor`, and runs on over words whose likeliest tag is I; its kind is
 * the likeliest type. Two that touch and are of one type are one phrase ("stands ready").
 */
function triggersOf(logits: Logits, from: number, to: number, tags: readonly string[], floor: number): Tagged[] {
  const inside = tags.length - 1
  const triggers: Tagged[] = []
  for (let word = from; word < to; word++) {
    const chances = chancesOf(logits, word)
    let probability = 0
    for (let tag = 1; tag < inside; tag++) probability += chances[tag]!
    if (probability < floor) continue
    let last = word + 1
    while (last < to && likeliestOf(logits, last) === inside) last++
    const kind = tags[1 + likeliest(chances.slice(1, inside))]!.slice(2)
    const before = triggers.at(-1)
    if (before && before.last >= word && before.kind === kind) {
      triggers[triggers.length - 1] = {...before, last: Math.max(before.last, last), probability: Math.max(before.probability, probability)}
    } else triggers.push({first: word, last, kind, probability})
  }
  return triggers
}

/** Words and marks that no mention ends in. */
const loose = new Set(["of", "the", "in", "and", "from", "for", "on", "at", "by", "with", "to", "or", "an", "as", ",", "(", "-"])

/** Without loose words at its end: "people on" is "people". */
function trimmed(mention: Tagged, wordAt: (index: number) => string): Tagged {
  let {last} = mention
  while (last - mention.first > 1 && loose.has(wordAt(last - 1).toLowerCase())) last--
  return {...mention, last}
}

/** Contents with no more than a word or mark between them are one; a word alone, without even marks, is none. */
function joined(spans: readonly Tagged[]): Tagged[] {
  const found: Tagged[] = []
  for (const span of spans) {
    const before = found.at(-1)
    if (before && span.first - before.last <= 1)
      found[found.length - 1] = {...before, last: span.last, probability: Math.min(before.probability, span.probability)}
    else found.push(span)
  }
  return found.filter(({first, last}) => last - first > 1)
}

/** Two triggers of one act are one event (corpus/GUIDE.md): of those in a sentence with the same type, status and sides, the likeliest stays. */
function oneEach(triggers: readonly TriggerMark[]): TriggerMark[] {
  const act = ({type, status, actors, recipients}: TriggerMark) =>
    [type, status, ...[actors, recipients].map(links => links.map(({mention}) => mention).sort((a, b) => a - b))].join("|")
  const best = new Map<string, TriggerMark>()
  for (const trigger of triggers) if (trigger.probability > (best.get(act(trigger))?.probability ?? 0)) best.set(act(trigger), trigger)
  return triggers.filter(trigger => best.get(act(trigger)) === trigger)
}

/** The likeliest mode of a type; `null` where none of its own is likelier than none. */
export function modeOf(type: string, modes: readonly number[], labels: Manifest["labels"]): string | null {
  const best = labels.modes.reduce((top, name, i) => ((name === "-" || name.startsWith(`${type}/`)) && modes[i]! > modes[top]! ? i : top), 0)
  return best === 0 ? null : labels.modes[best]!.slice(type.length + 1)
}

/** The index of the largest number, the first of equals. */
export function likeliest(numbers: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i
  return best
}

/** The mean logit over the words of two spans. */
function meanPair({data}: Logits, relation: number, words: number, left: Words, right: Words): number {
  let sum = 0
  for (let i = left.first; i < left.last; i++) for (let j = right.first; j < right.last; j++) sum += data[(relation * words + i) * words + j]!
  return sum / ((left.last - left.first) * (right.last - right.first))
}

/** A stretch of a passage's words: first and past last. */
export type Words = {readonly first: number; readonly last: number}

/**
 * For each type, how much the sentence tells of such a deed of the first side to the second: over its words, the chance that one is a
 * trigger of the type, and that the sides are its actor and recipient. The other way round counts half: a pair may be given in either order.
 */
export function deedsBetween({trigger, roles}: Outputs, [source, target]: readonly [Words, Words], labels: Manifest["labels"]): number[] {
  const words = trigger.data.length / trigger.width
  const actor = labels.roles.indexOf("actor")
  const recipient = labels.roles.indexOf("recipient")
  const told = labels.types.map(() => 0)
  for (let word = 0; word < words; word++) {
    const head = {first: word, last: word + 1}
    const is = (role: number, side: Words) => sigmoid(meanPair(roles, role, words, head, side))
    const joined = is(actor, source) * is(recipient, target) + 0.5 * is(actor, target) * is(recipient, source)
    const chances = chancesOf(trigger, word)
    for (const type of told.keys()) told[type] = told[type]! + joined * chances[type + 1]!
  }
  return told
}

/** The pair head's chances and those by `deedsBetween`, multiplied; fitted on dev (training/export.py scores the same). */
export function weighed(chances: readonly number[], told: readonly number[]): number[] {
  return softmax(chances.map((chance, i) => 0.6 * Math.log(chance + 1e-6) + 0.7 * Math.log(told[i]! + 0.005)))
}

function antecedentOf(mention: Tagged, earlier: readonly Tagged[], same: Logits, words: number, marks: readonly MentionMark[], floor: number): Link | null {
  const candidates: number[] = []
  const scores: number[] = []
  for (const [i, other] of earlier.entries()) {
    if (marks[i]?.kind !== "actor") continue
    candidates.push(i)
    scores.push(meanPair(same, 0, words, mention, other))
  }
  if (candidates.length === 0) return null
  const best = likeliest(scores)
  // The last one stands for none of them.
  const probability = softmax([...scores, 0])[best]!
  return probability >= floor ? {mention: candidates[best]!, probability} : null
}

function chosen(links: readonly Link[], floor: number): Link[] {
  return links.filter(({probability}) => probability >= floor).sort((a, b) => b.probability - a.probability)
}

type Sides = {
  readonly actors: readonly Link[]
  readonly recipients: readonly Link[]
  readonly all: {readonly actors: readonly Link[]; readonly recipients: readonly Link[]}
}

/** The sides that are likely enough, likeliest first; nobody stands on both, and each further side needs more than the first. */
function apart(actors: readonly Link[], recipients: readonly Link[], cut: Manifest["cut"]): Sides {
  const takes = (links: readonly Link[], rivals: readonly Link[], floor: number) =>
    links
      .filter(({probability}, i) => probability >= rivals[i]!.probability)
      .sort((a, b) => b.probability - a.probability)
      .filter(({probability}, i) => probability >= (i === 0 ? floor : Math.max(floor, cut.more)))
  return {actors: takes(actors, recipients, cut.actor), recipients: takes(recipients, actors, cut.recipient), all: {actors, recipients}}
}

/**
 * The probability that type, actors and recipients are all right: a logistic regression, fitted on dev by
 * training/calibrate.py, over what `featuresOf` lists there and here in the same order.
 */
function confidenceOf(trigger: Tagged, logits: Logits, {actors, recipients, all}: Sides, {labels, confidence}: Manifest): number {
  const begins = chancesOf(logits, trigger.first).slice(1, labels.triggers.length - 1)
  const typeShare = Math.max(...begins) / trigger.probability
  const logit = (p: number) => Math.log(Math.min(Math.max(p, 1e-4), 1 - 1e-4) / (1 - Math.min(Math.max(p, 1e-4), 1 - 1e-4)))
  const sure = (links: readonly Link[], taken: readonly Link[]) =>
    links.reduce((sum, link) => sum + Math.log(Math.max(1e-4, taken.includes(link) ? link.probability : 1 - link.probability)), 0)
  const features = [
    1,
    logit(trigger.probability),
    logit(typeShare),
    sure(all.actors, actors),
    sure(all.recipients, recipients),
    actors.length === 0 ? 1 : 0,
    recipients.length === 0 ? 1 : 0,
    logit(Math.max(0, ...all.actors.map(({probability}) => probability))),
    logit(Math.max(0, ...all.recipients.map(({probability}) => probability))),
  ]
  return sigmoid(features.reduce((sum, feature, i) => sum + feature * (confidence[i] ?? 0), 0))
}
