import type {ActorKind, CoderRef, Identity, Marks, MentionMark, QuoteMark, Report, Resolved, Sentence, TriggerMark} from "../../src/0-records/index.ts"
import {code, openOntology} from "../../src/6-code/index.ts"
import {marked} from "../marked.ts"

export const ontology = openOntology("ontologies/plover-2021", "plover-2021")
const coder: CoderRef = {version: "0", model: "m", ontology: "plover-2021", knowledge: "k", config: "c"}

type Who = {readonly country?: string; readonly sector?: string; readonly entity?: number; readonly kind?: ActorKind; readonly several?: readonly string[]}

/** An event of a marked text: roles name marked words. */
export type Given = Partial<Omit<TriggerMark, "actors" | "recipients" | "dates" | "places">> & {
  readonly type: string
  readonly on: string
  readonly by?: readonly string[]
  readonly to?: readonly string[]
  readonly when?: string
}

/** A quote of a marked text. */
export type GivenQuote = {readonly content: string; readonly cue?: string; readonly speaker?: string}

/**
 * Codes marked sentences without a model: `<a:China> <t:condemned> <b:the U.S.>` with who the roles are.
 *
 * @param days  what time roles mean
 */
export function coded(
  lines: readonly string[],
  who: Readonly<Record<string, Who>>,
  events: readonly Given[],
  quotes: readonly GivenQuote[] = [],
  days: Readonly<Record<string, string>> = {},
  published: string | null = "2025-12-18",
) {
  let text = ""
  const spans: Record<string, {start: number; end: number; sentence: number}> = {}
  const sentences: Sentence[] = lines.map((line, index) => {
    const plain = marked(line)
    const start = text.length
    for (const {role, ...span} of plain.all) spans[role] = {start: start + span.start, end: start + span.end, sentence: index}
    text += `${plain.text}\n`
    return {index, paragraph: index, start, end: text.length - 1}
  })
  const at = (role: string) => {
    const found = spans[role]
    if (!found) throw new Error(`No words are marked ${role}`)
    return found
  }
  const roles = [...Object.keys(who), ...Object.keys(days)].sort((a, b) => at(a).start - at(b).start)
  const link = (role: string) => ({mention: roles.indexOf(role), probability: 0.9})
  const mentions = roles.map((role): MentionMark => ({...at(role), kind: role in days ? "time" : "actor", probability: 0.9, antecedent: null}))
  const identity = (
    name: string,
    {country = null, sector = null, kind = "country"}: {country?: string | null; sector?: string | null; kind?: ActorKind},
  ): Identity => ({
    name,
    kind,
    country,
    sector,
    code: country || sector ? `${country ?? ""}${sector ?? ""}` : null,
    basis: "stated",
  })
  const resolved: Resolved = {
    identities: roles.map(role => {
      const {several, ...one} = who[role] ?? {}
      if (role in days) return []
      return several ? several.map(country => identity(country, {country})) : [identity(text.slice(at(role).start, at(role).end), one)]
    }),
    entities: roles.map((role, i) => (role in days ? -1 : (who[role]?.entity ?? 100 + i))),
    days: roles.map(role => (days[role] ? {days: {from: days[role], to: days[role]}, basis: "stated" as const} : null)),
    places: roles.map(() => null),
    speakers: quotes.map(({speaker}) => (speaker ? roles.indexOf(speaker) : null)),
    borrowed: [],
  }
  const triggers = events.map(
    ({on, by = [], to = [], when, ...event}): TriggerMark => ({
      mode: null,
      status: "actual",
      contexts: [],
      probability: 0.9,
      statusProbability: 0.9,
      confidence: 0.81249,
      places: [],
      ...event,
      ...at(on),
      actors: by.map(link),
      recipients: to.map(link),
      dates: when ? [link(when)] : [],
    }),
  )
  const quoteMarks = quotes.map(
    (quote): QuoteMark => ({
      sentence: at(quote.content).sentence,
      content: at(quote.content),
      cue: quote.cue ? at(quote.cue) : null,
      speaker: quote.speaker ? link(quote.speaker) : null,
      probability: 0.9,
    }),
  )
  const marks: Marks = {mentions, triggers, quotes: quoteMarks}
  const report: Report = {id: "r", title: null, url: null, publisher: null, published, text, dateline: null, dropped: [], problems: []}
  return {text, ...code(report, sentences, marks, resolved, {ontology, coder})}
}
