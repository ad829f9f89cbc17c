import {
  type CoderRef,
  codePoints,
  type EventRecord,
  type Marks,
  type Mention,
  type Quote,
  type Report,
  type Resolved,
  type Sentence,
  type Span,
} from "../0-records/index.ts"
import {draftsOf, eventsOf, type Told} from "./events.ts"
import type {Ontology} from "./ontology.ts"
import {quotesOf} from "./quotes.ts"
import {retellings} from "./retellings.ts"

export {type Crosswalk, openCrosswalk, recast} from "./crosswalk.ts"
export {classify, type Ontology, openOntology} from "./ontology.ts"
export {kindOfQuote} from "./quotes.ts"

/** Writes a report's rows; offsets become code points here. */
export function code(
  report: Report,
  sentences: readonly Sentence[],
  marks: Marks,
  resolved: Resolved,
  {ontology, coder}: {ontology: Ontology; coder: CoderRef},
): {sentences: Span[]; events: EventRecord[]; quotes: Quote[]; mentions: Mention[]} {
  const point = codePoints(report.text)
  const words = ({start, end}: Span) => ({text: report.text.slice(start, end), start: point(start), end: point(end)})
  const {id, title, url, publisher, published} = report
  const told: Told = {report, sentences, marks, resolved, ontology, coder, words, reportRef: {id, title, url, publisher, published}}
  const drafts = draftsOf(told)
  return {
    sentences: sentences.map(({start, end}) => ({start: point(start), end: point(end)})),
    events: eventsOf(told, drafts, retellings(drafts, report, ontology)),
    quotes: quotesOf(told),
    mentions: marks.mentions.map(mark => ({...words(mark), kind: mark.kind})),
  }
}
