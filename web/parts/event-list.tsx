import type {Actor, EventRecord, Quote} from "../../src/0-records/index.ts"
import {keyOf} from "../marks.ts"
import {isMutual, writeDate, writeDay} from "../words.ts"
import {memo} from "./memo.ts"
import {Quad} from "./quad.tsx"
import {Code} from "./side.tsx"

/** Events or mentions as a table: each leads to its sentence, each side to its page. */
export function EventList({rows}: {rows: readonly EventRecord[]}) {
  return (
    <table class="table events">
      <EventHead />
      <EventBlock rows={rows} />
    </table>
  )
}

/** @param rowIndex  which row of the table it is, where not all rows are in the page */
export const EventHead = ({rowIndex}: {rowIndex?: number}) => (
  <thead>
    <tr aria-rowindex={rowIndex}>
      <th scope="col">When</th>
      <th scope="col">Who to whom</th>
      <th scope="col">What</th>
      <th scope="col">In these words</th>
    </tr>
  </thead>
)

type BlockProps = {
  readonly rows: readonly EventRecord[]
  /** Of a list that is not whole in the page: which block of it this is, and which row of the table its first. */
  readonly block?: number
  readonly firstIndex?: number
}

export const EventBlock = memo(({rows, block, firstIndex}: BlockProps) => (
  <tbody data-block={block}>
    {rows.map((event, at) => (
      <tr key={event.id} aria-rowindex={firstIndex === undefined ? undefined : firstIndex + at}>
        <td class="day">{event.date ? <time dateTime={event.date.from}>{writeDate(event.date)}</time> : <span class="aside">no day</span>}</td>
        <td>
          <Parties actors={event.actors} /> <span class="arrow">{isMutual(event) ? "with each other" : "→"}</span>{" "}
          {!isMutual(event) && <Parties actors={event.recipients} />}
        </td>
        <td>
          <Quad quad={event.quad} /> <b class="type">{event.type}</b> {event.mode}
          {event.status !== "actual" && <span class="status"> {event.status}</span>}
        </td>
        <td>
          <EvidenceLink event={event} />
          <Where report={event.report} />
        </td>
      </tr>
    ))}
  </tbody>
))

export const pageOf = (report: string, row: string) => `/reports/${encodeURIComponent(report)}?at=${encodeURIComponent(row)}`

export function EvidenceLink({event: {id, report, sentence, trigger}}: {event: EventRecord}) {
  const points = Array.from(sentence.text)
  const [start, end] = [trigger.start - sentence.start, trigger.end - sentence.start]
  return (
    <a class="evidence-link" href={pageOf(report.id, keyOf(id))} dir="auto">
      {points.slice(0, start).join("")}
      <b>{points.slice(start, end).join("")}</b>
      {points.slice(end).join("")}
    </a>
  )
}

function Where({report: {publisher, published}}: Pick<EventRecord, "report">) {
  const told = [publisher, published && writeDay(published)].filter(Boolean)
  return told.length === 0 ? null : <bdi class="aside where">{told.join(", ")}</bdi>
}

function Parties({actors}: {actors: readonly Actor[]}) {
  if (actors.length === 0) return <span class="nobody">nobody named</span>
  return (
    <>
      {actors.map((actor, at) => (
        <span key={`${actor.start}${actor.name}`}>
          {at > 0 && " + "}
          <a class="party" href={`/actor/${encodeURIComponent(actor.country ?? actor.name)}`}>
            <bdi>{actor.name}</bdi>
          </a>{" "}
          <Code actor={actor} />
        </span>
      ))}
    </>
  )
}

/** Quotes, each with who said it, where, and a button that copies it as a citation. */
export function QuoteList({rows}: {rows: readonly Quote[]}) {
  return (
    <ol class="quote-list">
      {rows.map(quote => (
        <li key={quote.id}>
          <a class="evidence-link" href={pageOf(quote.report.id, keyOf(quote.id))} dir="auto">
            {quote.kind === "direct" ? <q>{quote.content.text}</q> : quote.content.text}
          </a>
          <p class="aside">
            {quote.speaker ? (
              <>
                <a class="party" href={`/actor/${encodeURIComponent(quote.speaker.country ?? quote.speaker.name)}`}>
                  <bdi>{quote.speaker.name}</bdi>
                </a>{" "}
                <Code actor={quote.speaker} />
              </>
            ) : (
              "nobody named"
            )}
            {quote.cue && (
              <>
                {" "}
                <i>{quote.cue.text}</i>
              </>
            )}
            {" · "}
            {quote.kind}
            {" · "}
            <Where report={quote.report} /> <Citation quote={quote} />
          </p>
        </li>
      ))}
    </ol>
  )
}

function Citation({quote: {id, content, speaker, report, kind}}: {quote: Quote}) {
  const words = kind === "direct" ? `“${content.text}”` : content.text
  const cited = [words, speaker?.name ?? "speaker not named", report.publisher, report.published, report.url, id].filter(Boolean).join(", ")
  return (
    <button type="button" class="small-button" onClick={() => void navigator.clipboard.writeText(cited)}>
      Copy citation
    </button>
  )
}
