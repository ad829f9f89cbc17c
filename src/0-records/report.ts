import type {Day} from "./day.ts"
import type {Place, Problem} from "./problem.ts"
import type {Span} from "./span.ts"

/** What room 1 hands on: one report as it came in, not yet cleaned. Exactly one of `text` and `html` is set. */
export type Source = {
  /** The input's own id; absent where it has none. */
  readonly id?: string
  readonly text?: string
  readonly html?: string
  readonly title?: string
  /** As the input wrote it: an ISO or RFC 822 date and time, or a bare day. Room 2 reads it. */
  readonly published?: string
  /** The day to take where neither `published` nor the page itself says one: the caller's default, in the same forms. */
  readonly publishedDefault?: string
  readonly url?: string
  readonly publisher?: string
  /** The input and, in tables and lines, the row that it came from. */
  readonly place: Place
}

/** A settled report: from here on its text never changes. */
export type Report = {
  /** The input's own id, else the first 16 hex digits of a sha256 of url, publisher, published and text. */
  readonly id: string
  /** Helps resolving, is never coded and is no part of `text`. */
  readonly title: string | null
  readonly url: string | null
  readonly publisher: string | null
  readonly published: Day | null
  /** The settled text. Paragraphs end with a line feed. */
  readonly text: string
  /** The agency dateline ("SEOUL, 17 September (Yonhap) —"), UTF-16 units; it stays in the text and is not coded. */
  readonly dateline: Span | null
  /** What was left out as no part of the report: paragraphs in order, each once, long ones cut; at most 200. */
  readonly dropped: readonly string[]
  /** Warnings met while cleaning, such as `language-not-english`. */
  readonly problems: readonly Problem[]
}

/** A sentence as a span of the report's text, UTF-16 units. */
export type Sentence = Span & {
  /** Counts from 0 over the report. */
  readonly index: number
  /** The paragraph it stands in, from 0. */
  readonly paragraph: number
}

/** What every row says of its report. */
export type ReportRef = Pick<Report, "id" | "title" | "url" | "publisher" | "published">

/** What coded a row: versions and hashes, so that a row can be made again. */
export type CoderRef = {
  readonly version: string
  readonly model: string
  readonly ontology: string
  readonly knowledge: string
  readonly config: string
}
