import type {Actor, EventRecord, Quote} from "../0-records/index.ts"
import {isEvent, type Layout} from "./layout.ts"

type Cell = string | number | null
/** Columns by name, each with what it takes of a row. */
export type Columns<Kind> = Readonly<Record<string, (row: Kind) => Cell>>

/** A header, then one flat row for each mention or quote. Columns: docs/export.md. UTF-8, commas, lines end with a line feed. */
export const csv: Layout = {
  name: "csv",
  about: "a flat table with a header, safe to open in a spreadsheet",
  ending: "csv",
  media: "text/csv",
  isMixed: false,
  isBinary: false,
  isDataset: false,
  takesOther: true,
  async *write(rows, {kind, wrote, hasOther}) {
    const events = hasOther ? {...eventColumns, ...otherColumns} : eventColumns
    yield line(Object.keys(kind === "events" ? events : quoteColumns))
    for await (const row of rows) {
      wrote?.(1)
      yield isEvent(row) ? flat(row, events) : flat(row, quoteColumns)
    }
  },
}

/** Joins the values of several sides in one cell. */
const separator = "; "

function sides<Kind>(prefix: string, of: (row: Kind) => readonly Actor[]): Columns<Kind> {
  const each = (value: (side: Actor) => Cell) => (row: Kind) => list(of(row).map(value))
  return {
    [prefix]: each(side => side.name),
    [`${prefix}_kind`]: each(side => side.kind),
    [`${prefix}_country`]: each(side => side.country),
    [`${prefix}_sector`]: each(side => side.sector),
    [`${prefix}_code`]: each(side => side.code),
    [`${prefix}_basis`]: each(side => side.basis),
    [`${prefix}_text`]: each(side => side.text),
    [`${prefix}_start`]: each(side => side.start),
    [`${prefix}_end`]: each(side => side.end),
  }
}

const common: Columns<EventRecord | Quote> = {
  sentence: row => row.sentence.text,
  sentence_index: row => row.sentence.index,
  sentence_start: row => row.sentence.start,
  sentence_end: row => row.sentence.end,
  confidence: row => row.confidence,
  report: row => row.report.id,
  title: row => row.report.title,
  url: row => row.report.url,
  publisher: row => row.report.publisher,
  published: row => row.report.published,
  coder_version: row => row.coder.version,
  coder_model: row => row.coder.model,
  coder_ontology: row => row.coder.ontology,
  coder_knowledge: row => row.coder.knowledge,
  coder_config: row => row.coder.config,
}

/** What stands in each column of events. */
export const eventColumns: Columns<EventRecord> = {
  id: row => row.id,
  event: row => row.event,
  type: row => row.type,
  mode: row => row.mode,
  status: row => row.status,
  quad: row => row.quad,
  intensity: row => row.intensity,
  cameo: row => row.cameo,
  contexts: row => list(row.contexts),
  ...sides("actor", row => row.actors),
  ...sides("recipient", row => row.recipients),
  date_from: row => row.date?.from ?? null,
  date_to: row => row.date?.to ?? null,
  date_basis: row => row.date?.basis ?? null,
  date_text: row => row.date?.text ?? null,
  place: row => row.place?.name ?? null,
  place_country: row => row.place?.country ?? null,
  place_lat: row => row.place?.lat ?? null,
  place_lon: row => row.place?.lon ?? null,
  place_level: row => row.place?.level ?? null,
  place_text: row => row.place?.text ?? null,
  trigger: row => row.trigger.text,
  trigger_start: row => row.trigger.start,
  trigger_end: row => row.trigger.end,
  ...common,
  story: row => row.story,
  review: row => row.review,
}

/** At the end, where `--ontology` asks for them. */
const otherColumns: Columns<EventRecord> = {
  also_ontology: row => row.also?.ontology ?? null,
  also_hash: row => row.also?.hash ?? null,
  also_code: row => row.also?.code ?? null,
  also_sub: row => row.also?.sub ?? null,
}

/** What stands in each column of quotes. */
export const quoteColumns: Columns<Quote> = {
  id: row => row.id,
  kind: row => row.kind,
  content: row => row.content.text,
  content_start: row => row.content.start,
  content_end: row => row.content.end,
  cue: row => row.cue?.text ?? null,
  cue_start: row => row.cue?.start ?? null,
  cue_end: row => row.cue?.end ?? null,
  ...sides("speaker", row => (row.speaker ? [row.speaker] : [])),
  ...common,
  review: row => row.review,
}

/** The names of a table's columns, in order. */
export const csvColumns = {events: Object.keys(eventColumns), quotes: Object.keys(quoteColumns)}

/** Values keep their position, so that the second name and the second code are of one side; an unknown one leaves its place empty. */
function list(values: readonly Cell[]): Cell {
  if (values.length === 0) return null
  if (values.length === 1) return values[0] ?? null
  return values.map(value => String(value ?? "").replaceAll(";", ",")).join(separator)
}

const flat = <Kind>(row: Kind, columns: Columns<Kind>) => line(Object.values(columns).map(value => value(row)))

const line = (cells: readonly Cell[]) => `${cells.map(cell).join(",")}\n`

/** A text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS 1.2.10); numbers are never changed. */
function cell(value: Cell): string {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  const safe = /^[=+\-@\t\r\0]/.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
