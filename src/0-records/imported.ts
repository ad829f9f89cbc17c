import type {EventRecord} from "./event.ts"

/** A row of another data set's file, as a record without evidence: no text came with it, so its words are empty and its confidence 0. */
export type Imported = Omit<EventRecord, "coder">
