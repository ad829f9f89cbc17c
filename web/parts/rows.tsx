import type {ComponentChildren} from "preact"
import type {Actor, EventRecord, Quote} from "../../src/0-records/index.ts"
import {keyOf, type Lit, labelOf, type Role} from "../marks.ts"
import {bases, isMutual, statusMeanings, writeDate, writeIntensity, writeShare} from "../words.ts"
import {memo} from "./memo.ts"
import {Quad} from "./quad.tsx"
import {Side} from "./side.tsx"

/** What a row tells its page: what the reader looks at, and what was chosen. */
export type RowCalls = {readonly light: (lit: Lit | null) => void; readonly choose: (key: string, field?: string) => void}

type RowProps = RowCalls & {readonly isLed: boolean; readonly isChosen: boolean; readonly litField: string | null}

/** One mention of an event: who did what to whom, when and where. */
export const EventRow = memo(({event, ...props}: RowProps & {event: EventRecord}) => {
  const key = keyOf(event.id)
  const field = fields(key, props)
  const {type, mode, status, date, place, actors, recipients} = event
  return (
    <Row row={key} kind={`event quad-is-${event.quad} status-${status}`} {...props}>
      <div class="row-head">
        <Ref row={key} choose={props.choose} />
        {field(
          "trigger",
          "trigger",
          <>
            <Quad quad={event.quad} /> <b class="type">{type}</b>
            {mode && <span class="mode"> {mode}</span>}
          </>,
        )}
        {status !== "actual" && (
          <span class="status" title={statusMeanings[status]}>
            {status}
          </span>
        )}
        <Confidence share={event.confidence} />
      </div>
      <dl class="sides">
        <Sides label="who" side="actor" actors={actors} field={field} />
        {isMutual(event) ? (
          <div>
            <dt>whom</dt>
            <dd class="nobody">each other</dd>
          </div>
        ) : (
          <Sides label="whom" side="recipient" actors={recipients} field={field} />
        )}
        {date && (
          <div>
            <dt>when</dt>
            <dd>
              {date.text === null ? (
                <span>
                  <time dateTime={date.from}>{writeDate(date)}</time> <span class="aside">day of the report</span>
                </span>
              ) : (
                field("date", "date", <DateWords date={date} />)
              )}
            </dd>
          </div>
        )}
        {place && (
          <div>
            <dt>where</dt>
            <dd>
              {field(
                "place",
                "place",
                <>
                  <bdi>{place.name}</bdi> {place.country && place.country !== place.name && <span class="code">{place.country}</span>}{" "}
                  <span class="aside">{place.level === "unknown" ? "not found on the map" : place.level}</span>
                </>,
              )}
            </dd>
          </div>
        )}
      </dl>
      {props.isChosen && <EventDetails event={event} choose={props.choose} />}
    </Row>
  )
})

function DateWords({date}: {date: NonNullable<EventRecord["date"]>}) {
  return (
    <>
      <q>{date.text}</q> <span aria-hidden="true">→</span> <time dateTime={date.from}>{writeDate(date)}</time>
    </>
  )
}

/** What a chosen row says besides. */
function EventDetails({event, choose}: {event: EventRecord} & Pick<RowCalls, "choose">) {
  const {cameo, intensity, contexts, status, trigger, event: deed, id, date} = event
  const sides = [...event.actors, ...event.recipients].filter(({basis, via}) => basis !== "stated" || via)
  return (
    <dl class="details">
      <Detail term="words">
        <q>{trigger.text}</q>
      </Detail>
      <Detail term="status">
        {status}: {statusMeanings[status]}
      </Detail>
      {sides.map(({text, start, name, basis, via}) => (
        <Detail key={`${start}${name}`} term={name}>
          {via ? (
            <>
              <q>{via.text}</q> leads to <q>{text}</q> in another sentence; {bases[basis]}
            </>
          ) : (
            <>
              <q>{text}</q>: {bases[basis]}
            </>
          )}
        </Detail>
      ))}
      {date && (
        <Detail term="date">{date.basis === "stated" ? "told in these words; a relative day counts from that of the report" : bases[date.basis]}</Detail>
      )}
      <Detail term="codes">
        CAMEO {cameo}
        {intensity !== null && `, intensity ${writeIntensity(intensity)} of ±10`}
        {contexts.length > 0 && `, ${contexts.join(", ")}`}
      </Detail>
      {deed !== id && (
        <Detail term="same deed">
          as{" "}
          <a href={`?at=${keyOf(deed)}`} onClick={click => chooseBy(click, keyOf(deed), choose)}>
            {keyOf(deed)}
          </a>
        </Detail>
      )}
      <Detail term="row">
        <span class="id">{id}</span>
      </Detail>
    </dl>
  )
}

function Detail({term, children}: {term: string; children: ComponentChildren}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** One attribution of words to a speaker. */
export const QuoteRow = memo(({quote, ...props}: RowProps & {quote: Quote}) => {
  const key = keyOf(quote.id)
  const field = fields(key, props)
  const {content, cue, speaker, kind} = quote
  return (
    <Row row={key} kind="quote" {...props}>
      <div class="row-head">
        <Ref row={key} choose={props.choose} />
        {speaker ? field("speaker", "speaker", <Side actor={speaker} />) : <span class="nobody">nobody named</span>}
        {cue && field("cue", "cue", <i>{cue.text}</i>)}
        <span class="status">{kind}</span>
        <Confidence share={quote.confidence} />
      </div>
      {field("content", "content", kind === "direct" ? <q>{content.text}</q> : content.text)}
      {props.isChosen && (
        <dl class="details">
          {speaker && (speaker.basis !== "stated" || speaker.via) && (
            <Detail term="speaker">
              <q>{speaker.text}</q>: {bases[speaker.basis]}
            </Detail>
          )}
          <Detail term="row">
            <span class="id">{quote.id}</span>
          </Detail>
        </dl>
      )}
    </Row>
  )
})

type FieldMaker = (name: string, role: Role, shown: ComponentChildren) => ComponentChildren

/** A value that lights its words. */
function fields(key: string, {light, choose, litField, isLed}: RowProps): FieldMaker {
  return (name, role, shown) => (
    <button
      type="button"
      class={`field is-${role}`}
      data-field={name}
      data-on={isLed && litField === name ? "" : undefined}
      onPointerEnter={() => light({rows: [key], field: name})}
      onPointerLeave={() => light({rows: [key]})}
      onFocus={() => light({rows: [key], field: name})}
      onClick={event => {
        event.stopPropagation()
        choose(key, name)
      }}
    >
      {shown}
    </button>
  )
}

function Row({row, kind, isLed, isChosen, light, choose, children}: RowProps & {row: string; kind: string; children: ComponentChildren}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a keyboard chooses a row by its number or a field
    <li
      id={`row-${row}`}
      class={`row ${kind}`}
      data-row={row}
      data-led={isLed ? "" : undefined}
      aria-current={isChosen ? "true" : undefined}
      onPointerEnter={() => light({rows: [row]})}
      onPointerLeave={() => light(null)}
      onClick={() => choose(row)}
    >
      {children}
    </li>
  )
}

function Ref({row, choose}: {row: string} & Pick<RowCalls, "choose">) {
  return (
    <a
      class="ref"
      href={`?at=${row}`}
      aria-label={row.startsWith("q") ? `Quote ${labelOf(row)}` : `Event ${row}`}
      onClick={event => chooseBy(event, row, choose)}
    >
      {labelOf(row)}
    </a>
  )
}

/** A link to a row keeps what else the address holds; its own address is for another tab. */
function chooseBy(event: MouseEvent, row: string, choose: RowCalls["choose"]): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  event.stopPropagation()
  choose(row)
}

function Sides({label, side, actors, field}: {label: string; side: "actor" | "recipient"; actors: readonly Actor[]; field: FieldMaker}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {actors.length === 0 ? (
          <span class="nobody">nobody named</span>
        ) : (
          actors.map((actor, at) => <span key={`${actor.start}${actor.name}`}>{field(`${side}${at}`, side, <Side actor={actor} />)}</span>)
        )}
      </dd>
    </div>
  )
}

/** A number and a bar: how likely it is that type and both sides are right. */
function Confidence({share}: {share: number}) {
  return (
    <span class="confidence" title={`Confidence ${share.toFixed(3)}: how likely it is right in type and sides`}>
      <span class="visually-hidden">confidence </span>
      {writeShare(share)}
      <span class="bar" aria-hidden="true">
        <span style={{width: `${Math.round(share * 100)}%`}} />
      </span>
    </span>
  )
}
