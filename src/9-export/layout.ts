import type {EventRecord, Quote} from "../0-records/index.ts"

/** A row of an export: a mention of an event, or a quote. */
export type Row = EventRecord | Quote

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
}

/** A form that rows are written in. */
export type Layout = {
  readonly name: string
  /** What it is, in a phrase for `--help`. */
  readonly about: string
  /** Whether one output holds events and quotes together; the others hold one kind of row. */
  readonly isMixed: boolean
  /** Whether it writes bytes that no terminal should show. */
  readonly isBinary: boolean
  /** Whether it is another data set's form: events alone, and `actual` ones unless more are asked for, since it has no column for the status. */
  readonly isDataset: boolean
  /** Rows in the order given; those of one report stand together. A chunk never ends inside a row, but for binary layouts. */
  readonly write: (rows: AsyncIterable<Row>, options: LayoutOptions) => AsyncIterable<string | Uint8Array>
}

export function isEvent(row: Row): row is EventRecord {
  return "trigger" in row
}
