import type {
  Actor,
  Borrowed,
  CoderRef,
  EventDate,
  EventPlace,
  EventRecord,
  Link,
  Marks,
  Report,
  ReportRef,
  Resolved,
  Sentence,
  Span,
  TriggerMark,
  Words,
} from "../0-records/index.ts"
import {classify, type Ontology} from "./ontology.ts"

/** What rooms 4 and 5 know of a report, and what each row says of its origin. */
export type Told = {
  readonly report: Report
  readonly sentences: readonly Sentence[]
  readonly marks: Marks
  readonly resolved: Resolved
  readonly ontology: Ontology
  readonly coder: CoderRef
  /** Cuts words out of the report; offsets of records, in code points. */
  readonly words: (span: Span) => Words
  readonly reportRef: ReportRef
}

/** A side of an event, with the report's entity that it is. */
export type Side = {readonly actor: Actor; readonly entity: number; readonly probability: number}

/** A trigger with its sides told apart; `events` and `retellings` work on these. */
export type Draft = {readonly trigger: TriggerMark; readonly actors: readonly Side[]; readonly recipients: readonly Side[]; readonly date: EventDate | null}

/** A row a trigger, in text order. */
export function draftsOf(told: Told): Draft[] {
  const borrowings = new Map<number, Borrowed[]>()
  for (const one of told.resolved.borrowed) borrowings.set(one.trigger, [...(borrowings.get(one.trigger) ?? []), one])
  return told.marks.triggers.map((mark, i) => {
    const trigger = asGuided(mark, told.words(mark).text)
    const borrowed = borrowings.get(i) ?? []
    const side = (role: "actor" | "recipient", links: readonly Link[]) => [
      ...links.flatMap(link => sidesOf(told, link)),
      ...borrowed.filter(b => b.role === role).flatMap(b => sidesOf(told, {mention: b.mention, probability: 1}, b.via)),
    ]
    const actors = side("actor", trigger.actors)
    const recipients = side("recipient", trigger.recipients)
    return {trigger, ...apart(actors, recipients), date: dateOf(told, trigger)}
  })
}

/** Whoever is blockaded is cut off, not merely no longer traded with: COERCE, as corpus/GUIDE.md settles it. */
function asGuided(trigger: TriggerMark, words: string): TriggerMark {
  return trigger.type === "SANCTION" && /^blockad/i.test(words) ? {...trigger, type: "COERCE", mode: "restrict"} : trigger
}

/** The rows of a report. Retellings share `event`, and a day stated in one of them holds for those that state none. */
export function eventsOf(told: Told, drafts: readonly Draft[], deeds: readonly number[]): EventRecord[] {
  const {report, ontology, words} = told
  const stated = new Map<number, EventDate>()
  for (const [i, {date}] of drafts.entries()) if (date && !stated.has(deeds[i]!)) stated.set(deeds[i]!, {...date, basis: "resolved"})
  return drafts.map((draft, i) => {
    const {trigger, actors, recipients} = draft
    const sentence = told.sentences[trigger.sentence]!
    const triggerWords = words(trigger)
    const sentenceWords = words(sentence)
    const first = actors[0]?.actor.sector ?? null
    const {type, mode, status, contexts} = trigger
    return {
      id: `${report.id}/${i + 1}`,
      event: `${report.id}/${deeds[i]! + 1}`,
      type,
      mode,
      status,
      ...classify(ontology, {type, mode, status, contexts, sentence: sentenceWords.text, trigger: triggerWords.text, sector: first}),
      contexts,
      actors: actors.map(({actor}) => actor),
      recipients: recipients.map(({actor}) => actor),
      date: draft.date ?? stated.get(deeds[i]!) ?? impliedDate(report, trigger),
      place: placeOf(told, trigger),
      trigger: triggerWords,
      sentence: {index: sentence.index, ...sentenceWords},
      confidence: rounded(trigger.confidence),
      report: told.reportRef,
      story: null,
      review: null,
      coder: told.coder,
    }
  })
}

/** Whom a linked mention means: one side, or several for "both sides". */
export function sidesOf({resolved, words, marks}: Told, {mention, probability}: Link, via: Span | null = null): Side[] {
  const mark = marks.mentions[mention]!
  const identities = resolved.identities[mention] ?? []
  const own = words(mark)
  const unknown = {name: own.text, kind: "other", country: null, sector: null, code: null, basis: "stated"} as const
  return (identities.length > 0 ? identities : [unknown]).map(identity => ({
    actor: {...own, ...identity, basis: via ? "resolved" : identity.basis, via: via && words(via)},
    // Several identities of one mention are told apart by their order.
    entity: identities.length > 1 ? -2 - mention : (resolved.entities[mention] ?? -1),
    probability,
  }))
}

/** Nobody acts on himself: where one entity, or one bare country, stands on both sides, the less likely place is given up. */
function apart(actors: readonly Side[], recipients: readonly Side[]): {actors: Side[]; recipients: Side[]} {
  const isSame = (a: Side, b: Side) =>
    (a.entity >= 0 && a.entity === b.entity) || (a.actor.country !== null && a.actor.code === b.actor.code && a.actor.sector === null)
  const loses = (side: Side, others: readonly Side[], tie: boolean) =>
    others.some(other => isSame(side, other) && (tie ? side.probability <= other.probability : side.probability < other.probability))
  const kept = actors.filter(side => !loses(side, recipients, false))
  return {actors: distinct(kept), recipients: distinct(recipients.filter(side => !loses(side, kept, true)))}
}

/** One side an entity: "Wang" and "he" in one role are one. */
function distinct(sides: readonly Side[]): Side[] {
  return sides.filter((side, i) => side.entity < 0 || sides.findIndex(({entity}) => entity === side.entity) === i)
}

function dateOf({resolved, words, marks}: Told, {dates}: TriggerMark): EventDate | null {
  for (const {mention} of dates) {
    const found = resolved.days[mention]
    if (found) return {...found.days, basis: found.basis, ...words(marks.mentions[mention]!)}
  }
  return null
}

/** Only what happened takes the report's day by default. */
function impliedDate({published}: Report, {status}: TriggerMark): EventDate | null {
  if (status !== "actual" || published === null) return null
  return {from: published, to: published, basis: "implied", text: null, start: null, end: null}
}

function placeOf({resolved, words, marks}: Told, {places}: TriggerMark): EventPlace | null {
  for (const {mention} of places) {
    const found = resolved.places[mention]
    if (found) return {...found, ...words(marks.mentions[mention]!)}
  }
  return null
}

/** Three decimals. */
export function rounded(probability: number): number {
  return Math.round(probability * 1000) / 1000
}
