import type {Actor, EventRecord, Quote, Words} from "../src/0-records/index.ts"

/** What some words of a report do for a row. */
export type Role = "trigger" | "cue" | "actor" | "recipient" | "speaker" | "via" | "date" | "place" | "content"

/** Words of the report that a row points at. Offsets count code points. */
export type Mark = {
  readonly start: number
  readonly end: number
  /** The row's key: `3` for the event `…/3`, `q2` for the quote `…/q2`. */
  readonly row: string
  /** The field of the row that these words are behind, such as `actor0`; the words of a `via` share the field of their side. */
  readonly field: string
  readonly role: Role
  /** Whom they mean, for sides and speakers. */
  readonly name?: string
}

/** The part of a row's id that is its own. */
export const keyOf = (id: string) => id.slice(id.lastIndexOf("/") + 1)

export function marksOf(event: EventRecord): Mark[] {
  const row = keyOf(event.id)
  const mark = (role: Role, field: string, {start, end}: Pick<Words, "start" | "end">, name?: string): Mark => ({
    start,
    end,
    row,
    field,
    role,
    ...(name !== undefined && {name}),
  })
  const side = (role: "actor" | "recipient") => (actor: Actor, at: number) => [
    mark(role, `${role}${at}`, actor, actor.name),
    ...(actor.via ? [mark("via", `${role}${at}`, actor.via)] : []),
  ]
  const {date, place} = event
  return [
    mark("trigger", "trigger", event.trigger),
    ...event.actors.flatMap(side("actor")),
    ...event.recipients.flatMap(side("recipient")),
    ...(date && date.start !== null && date.end !== null ? [mark("date", "date", {start: date.start, end: date.end})] : []),
    ...(place ? [mark("place", "place", place)] : []),
  ]
}

export function marksOfQuote({id, content, cue, speaker}: Quote): Mark[] {
  const row = keyOf(id)
  return [
    {...spanOf(content), row, field: "content", role: "content"},
    ...(cue ? [{...spanOf(cue), row, field: "cue", role: "cue"} as const] : []),
    ...(speaker ? [{...spanOf(speaker), row, field: "speaker", role: "speaker", name: speaker.name} as const] : []),
    ...(speaker?.via ? [{...spanOf(speaker.via), row, field: "speaker", role: "via"} as const] : []),
  ]
}

const spanOf = ({start, end}: Words) => ({start, end})

/** A stretch of text with all the marks over it. */
export type Segment = {readonly start: number; readonly end: number; readonly text: string; readonly marks: readonly Mark[]}

/**
 * Cuts a report's text into paragraphs, and each into the stretches between the ends of marks.
 *
 * @returns paragraphs in text order; the texts of all segments, joined, are the text
 */
export function segments(text: string, marks: readonly Mark[]): Segment[][] {
  const points = Array.from(text)
  const cuts = new Set([0, points.length])
  for (const {start, end} of marks) cuts.add(start).add(end)
  for (const [at, point] of points.entries()) if (point === "\n") cuts.add(at + 1)
  const edges = [...cuts].filter(at => at >= 0 && at <= points.length).sort((one, other) => one - other)
  const starting = [...marks].sort((one, other) => one.start - other.start)
  const paragraphs: Segment[][] = []
  let open: Mark[] = []
  let paragraph: Segment[] = []
  let next = 0
  for (const [at, start] of edges.slice(0, -1).entries()) {
    const end = edges[at + 1]!
    open = open.filter(mark => mark.end > start)
    while (next < starting.length && starting[next]!.start <= start) {
      if (starting[next]!.end > start) open.push(starting[next]!)
      next++
    }
    paragraph.push({start, end, text: points.slice(start, end).join(""), marks: [...open]})
    if (points[end - 1] === "\n") {
      paragraphs.push(paragraph)
      paragraph = []
    }
  }
  return paragraph.length > 0 ? [...paragraphs, paragraph] : paragraphs
}

/** What is lit: some rows, and of them all words, those of a field, or only those of a span. */
export type Lit = {readonly rows: readonly string[]; readonly field?: string; readonly span?: {readonly start: number; readonly end: number}}

export function isLit(mark: Mark, lit: Lit | null): boolean {
  if (!lit?.rows.includes(mark.row)) return false
  if (lit.field !== undefined && mark.field !== lit.field) return false
  return lit.span === undefined || (mark.start === lit.span.start && mark.end === lit.span.end)
}

/** A quote's letter, as footnotes have them: a … z, aa … */
export function letterOf(key: string): string {
  let number = Number(key.slice(1))
  let letters = ""
  while (number > 0) {
    letters = String.fromCharCode(97 + ((number - 1) % 26)) + letters
    number = Math.floor((number - 1) / 26)
  }
  return letters
}

/** What stands for a row in the text and beside it. */
export const labelOf = (key: string) => (/^q\d/.test(key) ? letterOf(key) : key)
