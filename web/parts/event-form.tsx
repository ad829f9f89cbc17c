import type {ComponentChildren} from "preact"
import {useState} from "preact/hooks"
import type {Actor, EventRecord} from "../../src/0-records/index.ts"
import {quads, statusMeanings} from "../words.ts"
import type {Chosen} from "./word-picker.tsx"

/** A side as the form holds it: its words, and whom they mean where the reviewer says so. */
export type SideDraft = Chosen & {readonly name: string; readonly country: string; readonly sector: string; readonly isKept: boolean; readonly isTold: boolean}

/** What the form holds. Of a field that was not touched the row's own value stays. */
export type Draft = {
  readonly type: string
  readonly mode: string
  readonly status: EventRecord["status"]
  readonly trigger: Chosen | null
  readonly actors: readonly SideDraft[]
  readonly recipients: readonly SideDraft[]
  /** Words, a day, or nothing; `undefined` as it was. */
  readonly date: Chosen | {readonly day: string} | null | undefined
  readonly place: Chosen | null | undefined
  readonly why: string
}

/** Which words are being chosen. */
export type Field = "trigger" | "actors" | "recipients" | "date" | "place"

export const fieldNames: Readonly<Record<Field, string>> = {trigger: "what tells it", actors: "who", recipients: "whom", date: "when", place: "where"}

export const sideOf = ({start, end, text, name, country, sector}: Actor): SideDraft => ({
  ...{start, end, text, name, country: country ?? "", sector: sector ?? ""},
  isKept: true,
  isTold: false,
})

export function draftOf(event: EventRecord | null): Draft {
  if (!event) return {type: "", mode: "", status: "actual", trigger: null, actors: [], recipients: [], date: undefined, place: undefined, why: ""}
  const {type, mode, status, trigger, actors, recipients} = event
  return {type, mode: mode ?? "", status, trigger, actors: actors.map(sideOf), recipients: recipients.map(sideOf), date: undefined, place: undefined, why: ""}
}

/** A side of words just chosen. */
export const newSide = (words: Chosen): SideDraft => ({...words, name: "", country: "", sector: "", isKept: false, isTold: false})

export const spanOf = ({start, end}: Chosen) => ({start, end})
export const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Begins to choose a field's words in the text, or ends it. */
export function Pick<Name extends string>({field, asked, ask}: {field: Name; asked: Name | null; ask: (field: Name | null) => void}) {
  return (
    <button type="button" class="small-button" data-pick={field} aria-pressed={asked === field} onClick={() => ask(asked === field ? null : field)}>
      Choose words
    </button>
  )
}

/** The draft with words put where they were asked for. */
export function withWords(draft: Draft, field: Field, words: Chosen): Draft {
  if (field === "actors" || field === "recipients") return {...draft, [field]: [...draft[field], newSide(words)]}
  return {...draft, [field]: words}
}

/** A side as the server takes it: its words, and whom they mean where the reviewer said so. */
export const sideGiven = ({start, end, isTold, name, country, sector}: SideDraft) => ({
  start,
  end,
  ...(isTold && {...(name && {name}), country: country || null, sector: sector || null}),
})

/** What is otherwise than in the row, as the server takes it. */
export function revisionOf(draft: Draft, event: EventRecord | null): Record<string, unknown> {
  const before = draftOf(event)
  const sides = (some: readonly SideDraft[]) =>
    some.filter((side, at) => side.isTold || some.findIndex(other => other.start === side.start && other.end === side.end) === at).map(sideGiven)
  return {
    ...(draft.type !== before.type && {type: draft.type}),
    ...((draft.mode !== before.mode || draft.type !== before.type) && {mode: draft.mode || null}),
    ...((draft.status !== before.status || !event) && {status: draft.status}),
    ...(draft.trigger && !isSame(draft.trigger, before.trigger) && {trigger: spanOf(draft.trigger)}),
    ...(!isSame(draft.actors, before.actors) && {actors: sides(draft.actors)}),
    ...(!isSame(draft.recipients, before.recipients) && {recipients: sides(draft.recipients)}),
    ...(draft.date !== undefined && {date: draft.date && ("day" in draft.date ? {from: draft.date.day, to: draft.date.day} : spanOf(draft.date))}),
    ...(draft.place !== undefined && {place: draft.place && spanOf(draft.place)}),
  }
}

/** The fields of an event to change. Words are chosen in the text: `ask` says for which field. */
export function EventForm({
  event,
  draft,
  modes,
  asked,
  change,
  ask,
  save,
  cancel,
}: {
  event: EventRecord | null
  draft: Draft
  modes: Readonly<Record<string, readonly string[]>>
  asked: Field | null
  change: (draft: Draft) => void
  ask: (field: Field | null) => void
  save: () => void
  cancel: () => void
}) {
  const types = Object.keys(modes).toSorted()
  const day = draft.date === undefined ? (event?.date ?? null) : draft.date
  const place = draft.place === undefined ? (event?.place ?? null) : draft.place
  const pick = (field: Field) => <Pick {...{field, asked, ask}} />
  const sides = (field: "actors" | "recipients") => (
    <fieldset class="form-field">
      <legend>{fieldNames[field]}</legend>
      {draft[field].map((side, at) => (
        <SideRow
          key={`${side.start}-${side.name}-${at}`}
          side={side}
          change={next => change({...draft, [field]: draft[field].map((one, i) => (i === at ? next : one))})}
          remove={() => change({...draft, [field]: draft[field].filter((_, i) => i !== at)})}
        />
      ))}
      {draft[field].length === 0 && <span class="nobody">nobody named</span>} {pick(field)}
    </fieldset>
  )
  return (
    <FormFrame label={event ? "Change the event" : "Add an event"} save={save} cancel={cancel}>
      <div class="form-row">
        <label class="form-field">
          <span class="label">type</span>
          <select name="type" required value={draft.type} onChange={changed => change({...draft, type: changed.currentTarget.value, mode: ""})}>
            {draft.type === "" && <option value="">choose …</option>}
            {types.map(type => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <label class="form-field">
          <span class="label">mode</span>
          <select name="mode" value={draft.mode} onChange={changed => change({...draft, mode: changed.currentTarget.value})}>
            <option value="">none</option>
            {(modes[draft.type] ?? []).map(mode => (
              <option key={mode}>{mode}</option>
            ))}
          </select>
        </label>
        <label class="form-field">
          <span class="label">status</span>
          <select name="status" value={draft.status} onChange={changed => change({...draft, status: changed.currentTarget.value as EventRecord["status"]})}>
            {Object.keys(statusMeanings).map(status => (
              <option key={status}>{status}</option>
            ))}
          </select>
        </label>
      </div>
      <p class="aside">
        {statusMeanings[draft.status]}
        {event && draft.type === event.type && `; ${quads[event.quad]}`}
      </p>
      <fieldset class="form-field">
        <legend>{fieldNames.trigger}</legend>
        {draft.trigger ? <q dir="auto">{draft.trigger.text}</q> : <span class="nobody">no words yet</span>} {pick("trigger")}
      </fieldset>
      {sides("actors")}
      {sides("recipients")}
      <fieldset class="form-field">
        <legend>{fieldNames.date}</legend>
        {day === null ? (
          <span class="nobody">no day</span>
        ) : "day" in day ? (
          <span>{day.day}</span>
        ) : (
          <span>
            {day.text === null ? "day of the report" : <q dir="auto">{day.text}</q>}
            {"from" in day && ` ${day.from === day.to ? day.from : `${day.from} – ${day.to}`}`}
          </span>
        )}{" "}
        {pick("date")}{" "}
        <input
          type="date"
          aria-label="or a day"
          value={day && "day" in day ? day.day : ""}
          onInput={typed => typed.currentTarget.value && change({...draft, date: {day: typed.currentTarget.value}})}
        />{" "}
        {day !== null && (
          <button type="button" class="small-button" onClick={() => change({...draft, date: null})}>
            No day
          </button>
        )}
      </fieldset>
      <fieldset class="form-field">
        <legend>{fieldNames.place}</legend>
        {place === null ? <span class="nobody">no place</span> : <q dir="auto">{place.text}</q>} {pick("place")}{" "}
        {place !== null && (
          <button type="button" class="small-button" onClick={() => change({...draft, place: null})}>
            No place
          </button>
        )}
      </fieldset>
      <FormEnd why={draft.why} tell={why => change({...draft, why})} isNew={!event} isOff={draft.type === "" || draft.trigger === null} cancel={cancel} />
    </FormFrame>
  )
}

/** A form that Enter saves and Escape leaves. */
export function FormFrame({label, save, cancel, children}: {label: string; save: () => void; cancel: () => void; children: ComponentChildren}) {
  return (
    <form
      class="event-form"
      aria-label={label}
      onSubmit={submitted => {
        submitted.preventDefault()
        save()
      }}
      onKeyDown={pressed => {
        if (pressed.key !== "Escape") return
        pressed.preventDefault()
        pressed.stopPropagation()
        cancel()
      }}
    >
      {children}
    </form>
  )
}

/** Why, and the buttons. */
export function FormEnd({why, tell, isNew, isOff, cancel}: {why: string; tell: (why: string) => void; isNew: boolean; isOff: boolean; cancel: () => void}) {
  return (
    <>
      <label class="form-field">
        <span class="label">why (kept with the correction)</span>
        <input name="why" value={why} maxLength={2000} onInput={typed => tell(typed.currentTarget.value)} />
      </label>
      <p class="form-row">
        <button type="submit" class="button is-first" disabled={isOff}>
          {isNew ? "Add" : "Save"}
        </button>
        <button type="button" class="button" onClick={cancel}>
          Cancel <kbd>Esc</kbd>
        </button>
      </p>
    </>
  )
}

/** One side: its words, and whom they mean. What is left empty, report and tables say. */
export function SideRow({side, change, remove}: {side: SideDraft; change: (side: SideDraft) => void; remove: () => void}) {
  const [isOpen, setOpen] = useState(side.isTold)
  const field = (name: "name" | "country" | "sector", hint: string, size: number) => (
    <input
      aria-label={`${name} of ${side.text}`}
      placeholder={hint}
      size={size}
      value={side[name]}
      {...(name !== "name" && {pattern: "[A-Z]{3}", maxLength: 3})}
      onInput={typed => change({...side, [name]: name === "name" ? typed.currentTarget.value : typed.currentTarget.value.toUpperCase(), isTold: true})}
    />
  )
  return (
    <div class="side-row">
      <q dir="auto">{side.text}</q>{" "}
      {isOpen ? (
        <span class="side-who">
          {field("name", "name", 16)} {field("country", "CHN", 4)} {field("sector", "GOV", 4)}
        </span>
      ) : (
        <button type="button" class="small-button" onClick={() => setOpen(true)}>
          {side.isKept ? [side.name, side.country, side.sector].filter(Boolean).join(" ") : "as the tables say"}
        </button>
      )}{" "}
      <button type="button" class="small-button" aria-label={`Take ${side.text} away`} onClick={remove}>
        ×
      </button>
    </div>
  )
}
