import type {Day, EventRecord, Quote, StoredEvent} from "../0-records/index.ts"

/** A row of an export: a mention of an event, or a quote. One that comes with `stored` stands beside the other mentions of its deed. */
export type Row = EventRecord | StoredEvent | Quote

/** What the rows of an export are; `code` writes events, `quotes` writes quotes. */
export type RowKind = "events" | "quotes"

/** How words of the `text` layout look; the door hands in colours where it wants them. */
export type Style = (format: "bold" | "dim" | "red" | "green", text: string) => string

export type LayoutOptions = {
  /** What the rows are, for layouts whose header or schema is written before the first row. */
  readonly kind: RowKind
  /** Absent: no colours, and the trigger stands in square brackets. */
  readonly style?: Style
  /** Columns of a terminal, for `text`; 100 where absent. */
  readonly width?: number
  /** An existing folder for files that live only while a layout writes; `parquet` needs it. */
  readonly scratch?: string
  /** Told once for each event that the layout has no row for, with the reason. */
  readonly leftOut?: (reason: string) => void
  /** Told how many rows were written, as they are; a graph's are its edges. */
  readonly wrote?: (rows: number) => void
  /** Whether events carry another ontology's codes (`also`), for headers that are written before the first row. */
  readonly hasOther?: boolean
  /** First and last day of a panel, both included; those of its events where absent. */
  readonly days?: {readonly since?: Day; readonly until?: Day}
  /** Reports of each day, which a panel's counts are out of; absent where nobody knows. */
  readonly reportDays?: () => Promise<readonly {readonly day: Day; readonly reports: number}[]>
}

/** A form that rows are written in. */
export type Layout = {
  readonly name: string
  /** What it is, in a phrase for `--help`. */
  readonly about: string
  /** How its files end, without the point. */
  readonly ending: string
  /** Media type of its files. */
  readonly media: string
  /** Whether one output holds events and quotes together; the others hold one kind of row. */
  readonly isMixed: boolean
  /** Whether it writes bytes that no terminal should show. */
  readonly isBinary: boolean
  /** Whether it writes deeds, not mentions: events alone, and `actual` ones unless more are asked for, since it has no column for the status. */
  readonly isDataset: boolean
  /** Whether it has room for another ontology's codes. */
  readonly takesOther?: true
  /** Rows in the order given; those of one report stand together. A chunk never ends inside a row, but for binary layouts. */
  readonly write: (rows: AsyncIterable<Row>, options: LayoutOptions) => AsyncIterable<string | Uint8Array>
}

export function isEvent(row: Row): row is EventRecord | StoredEvent {
  return "trigger" in row
}
