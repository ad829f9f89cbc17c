/** What can go wrong; each code has its heading in docs/problems.md. */
export type ProblemCode =
  | "day-unreadable"
  | "input-missing"
  | "input-unreadable"
  | "input-too-large"
  | "input-binary"
  | "format-unknown"
  | "row-unreadable"
  | "column-missing"
  | "text-empty"
  | "text-replaced"
  | "language-not-english"
  | "fetch-refused"
  | "fetch-failed"
  | "sentence-cut"
  | "model-unreadable"
  | "model-shape-differs"
  | "knowledge-unreadable"
  | "ontology-unreadable"
  | "pair-unreadable"
  | "gold-unreadable"
  | "output-failed"
  | "id-collides"
  | "store-unreadable"
  | "store-busy"
  | "store-failed"
  | "query-wrong"
  | "correction-wrong"
  | "call-wrong"
  | "request-wrong"
  | "request-refused"
  | "not-found"
  | "busy"
  | "port-unusable"

/** Where a problem was met; absent fields are unknown. `line` counts from 1. */
export type Place = {readonly input?: string; readonly line?: number; readonly report?: string}

/** A problem as it is told and kept: one that ended a report's coding, or a warning that did not. */
export type Problem = {readonly code: ProblemCode; readonly message: string; readonly place: Place; readonly isWarning: boolean}

/**
 * The one error this program throws on purpose. Branch on `code`, never on the message.
 * The message reads "Cannot <what was tried>: <what was found, what was expected>".
 */
export class CoderError extends Error {
  override readonly name = "CoderError"
  readonly code: ProblemCode
  readonly place: Place

  constructor(code: ProblemCode, message: string, place: Place = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.place = place
  }
}

/** The problem that an error is, with `place` filled in where the error did not say. */
export function problemOf(error: CoderError, place: Place = {}): Problem {
  return {code: error.code, message: error.message, place: {...place, ...error.place}, isWarning: false}
}
