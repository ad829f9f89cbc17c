import type {EventRecord} from "./event.ts"
import type {ReportRef} from "./report.ts"

/** A row of another data set's file, as a record without evidence: no text came with it, so its words are empty and its confidence 0. */
export type Imported = Omit<EventRecord, "coder">

/** A row of another data set's file of mentions: a report that tells an event of its file of events. */
export type ImportedMention = {
  /** The event's id, as `Imported` has it. */
  readonly of: string
  readonly report: ReportRef
  /** Of the sentence that tells it, from 0. */
  readonly index: number
  /** The data set's own, 0 to 1. */
  readonly confidence: number
}
