import {useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState} from "preact/hooks"
import type {Actor, EventRecord, Quote} from "../../src/0-records/index.ts"
import {go, useAddress, withQuery} from "../address.ts"
import {isKey, isTyping} from "../keys.ts"
import {keyOf, type Lit, type Mark, marksOf, marksOfQuote, segments} from "../marks.ts"
import type {ShownReport} from "../records.ts"
import {count} from "../words.ts"
import {Chain, type Link} from "./chain.tsx"
import {Dropped} from "./dropped.tsx"
import {Legend} from "./legend.tsx"
import {Problems} from "./problems.tsx"
import {type LitWithName, Reading} from "./reading.tsx"
import {ReportHead} from "./report-head.tsx"
import {EventRow, QuoteRow} from "./rows.tsx"

type Held = {readonly key: string; readonly at: number; readonly event?: EventRecord; readonly quote?: Quote}

/** A report's text with its events and quotes beside it; each lights the other. The address holds what is chosen and hidden. */
export function Evidence({shown}: {shown: ShownReport}) {
  const {searchParams} = useAddress()
  const chosen = searchParams.get("at")
  const kind = searchParams.get("rows")
  const showsAll = searchParams.has("all")
  const rows = useMemo(() => rowsOf(shown), [shown])
  const visible = useMemo(
    () => rows.filter(({event, quote}) => (event ? kind !== "quotes" && (showsAll || event.confidence >= shown.floor) : quote && kind !== "events")),
    [rows, kind, showsAll, shown],
  )
  const marks = useMemo(() => visible.flatMap(({event, quote}) => (event ? marksOf(event) : marksOfQuote(quote!))), [visible])
  const paragraphs = useMemo(() => segments(shown.text, marks), [shown, marks])
  const [seen, light] = useState<Lit | null>(null)
  const [isOpen, setOpen] = useState(true)
  const text = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)

  const lit = useMemo<LitWithName | null>(() => withName(seen ?? (chosen ? {rows: [chosen]} : null), visible), [seen, chosen, visible])
  const links = useMemo(() => linksOf(lit, visible, marks), [lit, visible, marks])

  const choose = useCallback((key: string) => {
    go(withQuery({at: key}), {isStep: false})
  }, [])
  // From the text to the rows: the next row of the same words, where one of them is chosen already.
  const lead = useCallback((keys: readonly string[]) => {
    const now = new URL(location.href).searchParams.get("at")
    const key = keys[(keys.indexOf(now ?? "") + 1) % keys.length]
    setOpen(true)
    if (key !== undefined) go(withQuery({at: key}), {isStep: false})
  }, [])

  useEffect(() => {
    if (chosen === null) return
    list.current?.querySelector(`[data-row="${CSS.escape(chosen)}"]`)?.scrollIntoView({block: "nearest"})
    scrollTextTo(text.current)
  }, [chosen, visible])

  // Focus shows what it lights, when that is drawn; a pointer does not move the text under itself.
  const onFocusIn = () => queueMicrotask(() => scrollTextTo(text.current))

  // At once: a key that comes before the next frame must not be lost.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return
      if (event.key === "Escape") {
        light(null)
        go(withQuery({at: null}), {isStep: false})
      }
      const step = isKey(event, "next") ? 1 : isKey(event, "previous") ? -1 : 0
      if (step === 0) return
      const at = visible.findIndex(({key}) => key === new URL(location.href).searchParams.get("at"))
      const next = visible[at < 0 ? (step > 0 ? 0 : visible.length - 1) : at + step]
      if (next) choose(next.key)
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [visible])

  const events = visible.filter(({event}) => event)
  const hidden = rows.filter(({event}) => event && event.confidence < shown.floor).length
  const deeds = new Set(events.map(({event}) => event!.event)).size
  const quotes = visible.length - events.length

  return (
    <div class="evidence" data-drawer={isOpen ? "open" : "closed"}>
      <article class="text-pane" aria-label="Report">
        <ReportHead report={shown.report} />
        <Problems problems={shown.problems} />
        <Legend />
        <div class="text-holder" ref={text}>
          <Reading paragraphs={paragraphs} lit={lit} chosen={chosen} light={light} lead={lead} />
          <Chain text={text} links={links} />
        </div>
        <Dropped dropped={shown.dropped} />
        <Provenance shown={shown} />
      </article>
      <section class="row-pane" aria-label="Events and quotes">
        <header class="row-bar">
          <h2 class="visually-hidden">Events and quotes</h2>
          <p class="counts">
            <b>{count(events.length, "mention")}</b> of {count(deeds, "event")}, <b>{count(quotes, "quote")}</b>
          </p>
          <nav class="choices" aria-label="Rows shown">
            {(
              [
                ["All", null],
                ["Events", "events"],
                ["Quotes", "quotes"],
              ] as const
            ).map(([label, value]) => (
              <a key={label} href={withQuery({rows: value})} aria-current={kind === value ? "true" : undefined}>
                {label}
              </a>
            ))}
          </nav>
          <button type="button" class="drawer-handle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Hide rows" : "Show rows"}
          </button>
        </header>
        <div class="row-scroll" onFocusIn={onFocusIn} onFocusOut={() => light(null)}>
          {hidden > 0 && kind !== "quotes" && (
            <p class="hidden-note">
              {showsAll
                ? `${count(hidden, "event mention")} with a confidence under ${shown.floor} ${hidden === 1 ? "is" : "are"} shown too. `
                : `${count(hidden, "event mention")} with a confidence under ${shown.floor} hidden. `}
              <a href={withQuery({all: showsAll ? null : ""})}>{showsAll ? "Hide" : "Show"}</a>
            </p>
          )}
          {visible.length === 0 && (
            <p class="empty">{rows.length === 0 ? "No event and no quote was found in this report." : "Every row is hidden by the choices above."}</p>
          )}
          <ol class="rows" ref={list}>
            {visible.map(({key, event, quote}) => {
              const isLed = lit?.rows.includes(key) ?? false
              const common = {isLed, isChosen: key === chosen, litField: isLed ? (lit?.field ?? null) : null, light, choose}
              return event ? <EventRow key={key} event={event} {...common} /> : <QuoteRow key={key} quote={quote!} {...common} />
            })}
          </ol>
        </div>
      </section>
    </div>
  )
}

/** Events and quotes in text order, by trigger and content. */
function rowsOf({events, quotes}: ShownReport): Held[] {
  return [
    ...events.map(event => ({key: keyOf(event.id), at: event.trigger.start, event})),
    ...quotes.map(quote => ({key: keyOf(quote.id), at: quote.content.start, quote})),
  ].toSorted((one, other) => one.at - other.at)
}

/** The side that a lit field is. */
function sideOf(lit: Lit, rows: readonly Held[]): Actor | undefined {
  const [, role, at] = /^(actor|recipient|speaker)(\d*)$/.exec(lit.field ?? "") ?? []
  const row = rows.find(({key}) => key === lit.rows[0])
  if (role === "speaker") return row?.quote?.speaker ?? undefined
  return role === undefined ? undefined : (role === "actor" ? row?.event?.actors : row?.event?.recipients)?.[Number(at)]
}

function withName(lit: Lit | null, rows: readonly Held[]): LitWithName | null {
  const name = lit && sideOf(lit, rows)?.name
  return lit && name ? {...lit, name} : lit
}

/** The lines to draw: from the words at hand to those in another sentence, and from a description to the nearest words before it that name the same. */
function linksOf(lit: Lit | null, rows: readonly Held[], marks: readonly Mark[]): Link[] {
  if (lit?.rows.length !== 1 || lit.span) return []
  const row = rows.find(({key}) => key === lit.rows[0])
  const side = sideOf(lit, rows)
  const sides = side
    ? [side]
    : lit.field
      ? []
      : [...(row?.event ? [...row.event.actors, ...row.event.recipients] : []), ...(row?.quote?.speaker ? [row.quote.speaker] : [])]
  return sides.flatMap(({start, via, basis, name}) => {
    if (via) return [{from: via.start, to: start}]
    if (basis !== "resolved") return []
    const before = marks.filter(mark => mark.name === name && mark.start < start).toSorted((one, other) => other.start - one.start)[0]
    return before ? [{from: start, to: before.start}] : []
  })
}

/** Brings lit words into sight: the deed or what was said where these are lit, else the first of them. */
function scrollTextTo(container: HTMLElement | null): void {
  const words = container?.querySelector(`[data-hl="trigger"], [data-hl="content"]`) ?? container?.querySelector("[data-hl]")
  if (!words) return
  const drawer = document.querySelector<HTMLElement>(".row-pane")
  const floor = drawer && getComputedStyle(drawer).position === "fixed" ? drawer.getBoundingClientRect().top : innerHeight
  const {top, bottom} = words.getBoundingClientRect()
  if (top < 64 || bottom > floor - 8) words.scrollIntoView({block: "center"})
}

/** What made the rows, so that they can be made again. */
function Provenance({shown: {events, quotes, report}}: {shown: ShownReport}) {
  const coder = (events[0] ?? quotes[0])?.coder
  return (
    <footer class="provenance">
      <p>
        Report <span class="id">{report.id}</span>
        {coder && (
          <>
            , coded by Communique {coder.version} with {coder.ontology}, model <span class="id">{coder.model.slice(7, 19)}</span>, knowledge{" "}
            <span class="id">{coder.knowledge.slice(7, 19)}</span>
          </>
        )}
        .
      </p>
    </footer>
  )
}
