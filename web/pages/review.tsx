import {useEffect, useLayoutEffect, useMemo, useRef, useState} from "preact/hooks"
import type {Correction, EventRecord, Quote, Reviewable, Verdict} from "../../src/0-records/index.ts"
import {go, useAddress, withQuery} from "../address.ts"
import {ask, type Failure, send, useAnswer} from "../ask.ts"
import {isKey, isTyping, type KeyName, shownKeys, useKeys} from "../keys.ts"
import {keyOf, marksOf, marksOfQuote, segments} from "../marks.ts"
import {Agreement, ProgressBar} from "../parts/agreement.tsx"
import {type Draft, draftOf, EventForm, type Field, fieldNames, revisionOf, withWords} from "../parts/event-form.tsx"
import {Chips, Choice} from "../parts/filters.tsx"
import {type QuoteDraft, type QuoteField, QuoteForm, quoteDraftOf, quoteFieldNames, quoteRevisionOf, withQuoteWords} from "../parts/quote-form.tsx"
import {Reading} from "../parts/reading.tsx"
import {EventRow, QuoteRow} from "../parts/rows.tsx"
import {SignIn, useTokenOfAddress} from "../parts/sign-in.tsx"
import {Failed, Told} from "../parts/states.tsx"
import {WordPicker} from "../parts/word-picker.tsx"
import {apiQuery, hrefOf} from "../query.ts"
import type {Corrected, CorrectionList, ReportList, ReviewQueue, ShownReport} from "../records.ts"
import {count, writeDay} from "../words.ts"

const nameKey = "communique-reviewer"

/** What is decided: a mention of an event, or a quote. */
type Row = EventRecord | Quote
const isQuote = (row: Row): row is Quote => "content" in row

/** `/review`: one mention or quote after another, to be accepted, rejected, corrected or skipped. The address holds which, the order, the filters and the row. */
export function ReviewPage() {
  const url = useAddress()
  const {searchParams} = url
  const order = searchParams.get("order") ?? "certainty"
  const of: Reviewable = searchParams.get("of") === "quote" ? "quote" : "event"
  const at = searchParams.get("at")
  const isEditing = searchParams.has("edit")
  const isAdding = searchParams.has("add")
  const [reviewer, setReviewer] = useState(() => localStorage.getItem(nameKey) ?? "")
  const [turn, setTurn] = useState(0)
  const [told, tell] = useState("")
  const [failure, fail] = useState<Failure | null>(null)
  const [isWorking, setWorking] = useState(false)
  // One after another: a key that comes too soon waits for the answer before it.
  const last = useRef<Promise<void>>(Promise.resolve())
  const inTurn = (work: () => Promise<void>) => {
    last.current = last.current.then(async () => {
      setWorking(true)
      fail(null)
      await work().catch(error => fail(error as Failure))
      setWorking(false)
    })
  }
  useKeys()
  const signedInNow = () => {
    fail(null)
    setTurn(turn + 1)
  }
  const signedIn = useTokenOfAddress(fail, signedInNow)
  // What was answered before a verdict is asked again after it: `turn` counts them.
  const besides = {of, order, reviewer: reviewer || "-", limit: "50"}
  const queue = useLatest(useAnswer<ReviewQueue>(signedIn ? `/api/v1/review?${apiQuery(searchParams, besides)}&turn=${turn}` : null))
  const trail = useTrail(queue.state === "here" ? queue.value : null, `${of} ${order} ${reviewer} ${apiQuery(searchParams)}`)
  useEffect(() => {
    document.title = "Review – Communique"
  }, [])
  // The first that waits, where the address names none.
  useEffect(() => {
    if (at === null && trail.first !== null) go(withQuery({at: trail.first}), {isStep: false})
  }, [at, trail.first])

  const leave = () => go(withQuery({edit: null, add: null}), {isStep: false})
  const move = (id: string | null) => go(withQuery({at: id, edit: null, add: null}), {isStep: false})
  const decide = (verdict: Verdict, row: Row | null, {why, ...given}: Given) =>
    inTurn(async () => {
      const {correction} = await send<Corrected>(
        "/api/v1/corrections",
        {...given, [of]: row?.id ?? null, verdict, reviewer, why: why || null, isBlind: order === "second", key: crypto.randomUUID()},
        new AbortController().signal,
      )
      tell(`${wordOf(correction)}: ${wordsOf(correction)}.`)
      if (row) {
        trail.decided(row.id)
        move(trail.after(row.id))
      } else leave()
      setTurn(turn => turn + 1)
    })
  const undo = () =>
    inTurn(async () => {
      const {corrections} = await ask<CorrectionList>(`/api/v1/corrections?standing=1&limit=1&reviewer=${encodeURIComponent(reviewer)}`)
      const [latest] = corrections
      if (!latest) return tell(`Nothing is left to take back for ${reviewer}.`)
      await ask(`/api/v1/corrections/${latest.number}`, {method: "DELETE"})
      tell(`Taken back: ${wordOf(latest).toLowerCase()}, ${wordsOf(latest)}.`)
      const row = latest[of]
      if (row !== null && latest.verdict !== "added") {
        trail.waits(row)
        move(row)
      }
      setTurn(turn => turn + 1)
    })
  const mayDecide = reviewer !== "" && (queue.state !== "here" || queue.value.access === "open")
  // At once: a key that comes before the next frame must not be lost.
  useLayoutEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      if (!isKey(pressed, "undo") || isEditing || isAdding || !mayDecide || isElsewhere(pressed)) return
      pressed.preventDefault()
      undo()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  })

  const access = queue.state === "here" ? queue.value.access : "open"
  return (
    <div class="page is-broad review">
      <header class="review-head">
        <h1>Review</h1>
        <nav class="choices" aria-label="What is reviewed">
          {(["event", "quote"] as const).map(one => (
            <a key={one} href={one === "event" ? "/review" : "/review?of=quote"} aria-current={of === one ? "true" : undefined}>
              {one}s
            </a>
          ))}
        </nav>
        <Choice url={url} name="order" label="Order" values={{certainty: "least sure first", disagreement: "where runs differ", second: "second opinion"}} />
        <form
          class="review-who"
          onSubmit={event => {
            event.preventDefault()
            const name = String(new FormData(event.currentTarget).get("reviewer") ?? "").trim()
            localStorage.setItem(nameKey, name)
            setReviewer(name)
            ;(document.activeElement as HTMLElement | null)?.blur()
          }}
        >
          <label>
            <span class="label">Reviewer</span>
            <input key={reviewer} name="reviewer" defaultValue={reviewer} placeholder="your name" maxLength={100} required autocomplete="name" />
          </label>
          <button type="submit" class="small-button">
            {reviewer === "" ? "Begin" : "Change"}
          </button>
        </form>
        {queue.state === "here" && <ProgressBar of={of} progress={queue.value.progress} />}
      </header>
      <Chips url={url} />
      <p class="review-told" role="status">
        {told}
      </p>
      {failure && failure.status !== 401 && <Failed failure={failure} />}
      {(access !== "open" || failure?.status === 401) && <SignIn access={access} verb="correct" done={signedInNow} />}
      {reviewer === "" && access === "open" && (
        <p class="empty" role="note">
          Write your name above first: every verdict is kept with who gave it.
        </p>
      )}
      <Told answer={queue}>
        {value => (
          <>
            {at === null ? (
              trail.first === null && <Nothing queue={value} of={of} order={order} url={url} />
            ) : (
              <Decision
                {...{at, of, order, turn, modes: value.modes, isEditing, isAdding, isWorking, left: value.left}}
                mayDecide={mayDecide}
                decide={decide}
                undo={undo}
                step={by => {
                  const next = by === "skip" ? trail.after(at) : trail.beside(at, by)
                  if (by === "skip" && next === at) tell("This is the last one that waits.")
                  if (next !== null) move(next)
                }}
                finish={() => move(null)}
                isDone={trail.first === null}
              />
            )}
            <Agreement of={of} progress={value.progress} />
          </>
        )}
      </Told>
    </div>
  )
}

/** What goes with a verdict. */
type Given = {readonly report: string; readonly revision?: object; readonly why?: string}

/** Whether a key is meant for something else. */
const isElsewhere = (pressed: KeyboardEvent) =>
  pressed.ctrlKey ||
  pressed.metaKey ||
  pressed.altKey ||
  pressed.defaultPrevented ||
  isTyping(pressed.target) ||
  document.querySelector("dialog[open]") !== null

const verdictWords: Readonly<Record<Verdict, string>> = {accepted: "Accepted", rejected: "No", corrected: "Corrected", added: "Added"}
const wordOf = ({verdict, of}: Correction) => `${verdictWords[verdict]}${verdict === "rejected" ? ` ${of}` : ""}`
const wordsOf = ({of, type, trigger}: Correction) => `${of === "event" ? `${type} ` : ""}“${trigger.text}”`

/** What may be done with a mention now, and how. */
type Acting = {
  of: Reviewable
  modes: ReviewQueue["modes"]
  isEditing: boolean
  isAdding: boolean
  isWorking: boolean
  mayDecide: boolean
  decide: (verdict: Verdict, row: Row | null, given: Given) => void
  undo: () => void
  step: (by: 1 | -1 | "skip") => void
  finish: () => void
  isDone: boolean
}

/** One row with its report: what is said of it, and by which keys. */
function Decision({at, order, turn, ...acting}: Acting & {at: string; order: string; turn: number}) {
  const {of} = acting
  const report = at.slice(0, at.lastIndexOf("/"))
  const path = `/api/v1/reports/${encodeURIComponent(report)}?turn=${turn}`
  const present = useAnswer<ShownReport>(order === "second" ? null : path)
  const find = ({events, quotes}: ShownReport): Row | undefined => (of === "event" ? events : quotes).find(({id}) => id === at)
  const isThere = present.state === "here" && find(present.value) !== undefined
  // What was rejected is in no present list, and a second opinion is on what the coder wrote.
  const coded = useAnswer<ShownReport>(order === "second" || (present.state === "here" && !isThere) ? `${path}&coded=1` : null)
  const answer = isThere ? present : coded
  const said = useAnswer<CorrectionList>(`/api/v1/corrections?standing=1&limit=100&report=${encodeURIComponent(report)}&turn=${turn}`)
  // While the next is waited for, the one before it stays, and takes no verdict.
  const held = useRef<{at: string; turn: number; row: Row; shown: ShownReport; standing: Correction | undefined} | null>(null)
  const row = answer.state === "here" ? find(answer.value) : undefined
  if (row && answer.state === "here" && said.state === "here") {
    const standing = order === "second" ? undefined : said.value.corrections.find(one => one[of] === at && one.isInForce)
    held.current = {at, turn, row, shown: answer.value, standing}
  }
  const failed = [present, coded, said].find(one => one.state === "failed")
  if (failed?.state === "failed") return <Failed failure={failed.failure} />
  if (answer.state === "here" && !row)
    return (
      <p class="empty">
        There is no <span class="id">{at}</span> in the present coding. <a href={withQuery({at: null})}>Begin with the first that waits</a>.
      </p>
    )
  if (!held.current) return <Told answer={{state: "waiting"}}>{() => null}</Told>
  const isStale = held.current.at !== at || held.current.turn !== turn
  return (
    <One
      key={`${held.current.at} ${held.current.turn}`}
      {...held.current}
      {...acting}
      {...(isStale && {isEditing: false, isAdding: false, isWorking: true, mayDecide: false})}
    />
  )
}

function One({
  row,
  of,
  shown,
  standing,
  modes,
  isEditing,
  isAdding,
  isWorking,
  mayDecide,
  decide,
  undo,
  step,
  finish,
  isDone,
}: Acting & {row: Row; shown: ShownReport; standing: Correction | undefined}) {
  const isForm = isEditing || isAdding
  const base = isAdding ? null : row
  const event = base && !isQuote(base) ? base : null
  const quote = base && isQuote(base) ? base : null
  const [draft, setDraft] = useState<Draft>(() => draftOf(event))
  const [quoteDraft, setQuoteDraft] = useState<QuoteDraft>(() => quoteDraftOf(quote))
  const first = of === "event" ? "trigger" : "content"
  const [asked, setAsked] = useState<Field | QuoteField | null>(isAdding ? first : null)
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    setDraft(draftOf(event))
    setQuoteDraft(quoteDraftOf(quote))
    setAsked(isAdding ? first : null)
    if (isEditing) document.querySelector<HTMLElement>(".event-form :is(select, button)")?.focus()
  }, [isEditing, isAdding])
  const marks = useMemo(() => (isQuote(row) ? marksOfQuote(row) : marksOf(row)), [row])
  const paragraphs = useMemo(() => segments(shown.text, marks), [shown, marks])
  const lit = useMemo(() => ({rows: [keyOf(row.id)]}), [row])
  useEffect(() => {
    if (isForm) return
    const [words, pane] = [box.current?.querySelector("[data-hl=trigger], [data-hl=content]"), box.current]
    if (words && pane) pane.scrollTop += words.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3
  }, [row, isForm])

  const edit = () => go(withQuery({edit: "", add: null}), {isStep: false})
  const leave = () => {
    go(withQuery({edit: null, add: null}), {isStep: false})
    setAsked(null)
  }
  const given = {report: row.report.id}
  const accept = () => mayDecide && !isWorking && decide("accepted", row, given)
  const reject = () => mayDecide && !isWorking && decide("rejected", row, given)
  const ask = (field: Field | QuoteField | null) => {
    setAsked(field)
    if (field === null) document.querySelector<HTMLElement>(`[data-pick="${asked}"]`)?.focus()
  }

  useLayoutEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      if (isElsewhere(pressed)) return
      const isLeaving = pressed.key === "Escape"
      const act = isLeaving ? leave : actions.find(([name]) => isKey(pressed, name))?.[1]
      if (!act || (isForm && !isLeaving)) return
      pressed.preventDefault()
      act()
    }
    const actions: readonly (readonly [KeyName, () => void])[] = [
      ["accept", accept],
      ["reject", reject],
      ["edit", () => mayDecide && edit()],
      ["add", () => mayDecide && go(withQuery({add: "", edit: null}), {isStep: false})],
      ["skip", () => step("skip")],
      ["next", () => step(1)],
      ["previous", () => step(-1)],
    ]
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  })

  const {title, publisher, published, id} = shown.report
  const touched =
    of === "event"
      ? [
          ...(draft.trigger ? [{...draft.trigger, role: "trigger"}] : []),
          ...draft.actors.map(side => ({...side, role: "actor"})),
          ...draft.recipients.map(side => ({...side, role: "recipient"})),
        ]
      : [
          ...(quoteDraft.content ? [{...quoteDraft.content, role: "content"}] : []),
          ...(quoteDraft.cue ? [{...quoteDraft.cue, role: "trigger"}] : []),
          ...(quoteDraft.speaker ? [{...quoteDraft.speaker, role: "actor"}] : []),
        ]
  const none = () => {}
  return (
    <div class="review-one" data-event={row.id} data-form={isForm ? "" : undefined}>
      <article class="review-text" aria-label="Report">
        <p class="review-report">
          <a href={`/reports/${encodeURIComponent(id)}?at=${encodeURIComponent(keyOf(row.id))}`} dir="auto">
            {title ?? "Untitled report"}
          </a>{" "}
          <span class="aside">{[publisher, published && writeDay(published)].filter(Boolean).join(", ")}</span>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section class="review-scroll" ref={box} tabIndex={0} aria-label="Text of the report">
          {isForm ? (
            <WordPicker
              text={shown.text}
              shown={touched}
              from={row.sentence.start}
              asks={asked && {...fieldNames, ...quoteFieldNames}[asked]}
              take={words => {
                if (asked !== null && of === "event") setDraft(withWords(draft, asked as Field, words))
                else if (asked !== null) setQuoteDraft(withQuoteWords(quoteDraft, asked as QuoteField, words))
                ask(null)
              }}
              leave={() => ask(null)}
            />
          ) : (
            <Reading paragraphs={paragraphs} lit={lit} chosen={keyOf(row.id)} light={none} lead={none} />
          )}
        </section>
      </article>
      <section class="review-side" aria-label="Verdict">
        {standing && (
          <p class="review-standing">
            <b>{wordOf(standing)}</b> by <bdi>{standing.reviewer}</bdi>
            {standing.why && (
              <>
                : <q>{standing.why}</q>
              </>
            )}
          </p>
        )}
        {isForm && of === "event" ? (
          <EventForm
            {...{event, draft, modes, asked: asked as Field | null, ask}}
            change={setDraft}
            cancel={leave}
            save={() => decide(isAdding ? "added" : "corrected", base, {...given, revision: revisionOf(draft, event), why: draft.why})}
          />
        ) : isForm ? (
          <QuoteForm
            {...{quote, draft: quoteDraft, asked: asked as QuoteField | null, ask}}
            change={setQuoteDraft}
            cancel={leave}
            save={() => decide(isAdding ? "added" : "corrected", base, {...given, revision: quoteRevisionOf(quoteDraft, quote), why: quoteDraft.why})}
          />
        ) : (
          <>
            <ol class="rows">
              {isQuote(row) ? (
                <QuoteRow quote={row} isLed={true} isChosen={true} litField={null} light={none} choose={none} />
              ) : (
                <EventRow event={row} isLed={true} isChosen={true} litField={null} light={none} choose={none} />
              )}
            </ol>
            <div class="verdicts">
              <Verdicts name="Accept" of="accept" press={accept} isOff={!mayDecide || isWorking} isFirst />
              <Verdicts name={`No ${of}`} of="reject" press={reject} isOff={!mayDecide || isWorking} />
              <Verdicts name="Edit" of="edit" press={edit} isOff={!mayDecide || isWorking} />
              <Verdicts name="Skip" of="skip" press={() => step("skip")} />
              <Verdicts name="Back" of="previous" press={() => step(-1)} />
              <Verdicts name="Undo" of="undo" press={undo} isOff={!mayDecide || isWorking} />
              <Verdicts name={`Add a missed ${of}`} of="add" press={() => go(withQuery({add: "", edit: null}), {isStep: false})} isOff={!mayDecide} />
            </div>
            {isDone && (
              <p class="aside">
                This one is decided, and no other waits.{" "}
                <button type="button" class="small-button" onClick={finish}>
                  See the end
                </button>
              </p>
            )}
          </>
        )}
      </section>
    </div>
  )
}

function Verdicts({name, of, press, isOff = false, isFirst = false}: {name: string; of: KeyName; press: () => void; isOff?: boolean; isFirst?: boolean}) {
  return (
    <button type="button" class={`button${isFirst ? " is-first" : ""}`} data-do={of} disabled={isOff} onClick={press}>
      {name} <kbd>{shownKeys(of)}</kbd>
    </button>
  )
}

/** Why nothing waits, and what to do. */
function Nothing({queue: {progress}, of, order, url}: {queue: ReviewQueue; of: Reviewable; order: string; url: URL}) {
  const reports = useAnswer<ReportList>("/api/v1/reports?limit=1")
  if (reports.state === "here" && reports.value.total === 0)
    return (
      <p class="empty">
        Nothing is stored yet: <code>communique ingest news/ --store project.duckdb</code>, then <code>communique serve --store project.duckdb</code>
      </p>
    )
  const isFiltered = apiQuery(url.searchParams) !== ""
  const unit = of === "event" ? "mention" : "quote"
  const others = (more: Record<string, string> = {}) => hrefOf("/review", new URLSearchParams({...(of === "quote" && {of}), ...more}))
  if (isFiltered)
    return (
      <p class="empty">
        No {unit} that passes these filters waits for a verdict. <a href={others(order === "certainty" ? {} : {order})}>Take the filters away</a>.
      </p>
    )
  if (order === "disagreement")
    return (
      <p class="empty">
        No two runs differ in what is left to decide. Runs come of another coder: <code>communique recode --store project.duckdb</code> after an update.{" "}
        <a href={others()}>Review the least sure first</a>.
      </p>
    )
  if (order === "second")
    return (
      <p class="empty">
        Others have decided nothing that you have not. <a href={others()}>Review the least sure first</a>.
      </p>
    )
  return (
    <div class="empty is-done">
      <p>
        <b>All {count(progress.decided, unit)} that count are decided.</b>
      </p>
      <p>
        Write them as documents to train on: <code>communique corpus export --store project.duckdb --out reviewed.jsonl</code>.{" "}
        {of === "event" ? (
          <>
            Mentions under the model’s least confidence can be <a href={others({minConfidence: "0"})}>reviewed too</a>, and so can{" "}
            <a href="/review?of=quote">quotes</a>
          </>
        ) : (
          <>
            There are <a href="/review">events</a> too
          </>
        )}
        ; a colleague can give a <a href={others({order: "second"})}>second opinion</a>.
      </p>
    </div>
  )
}

/** The answer; the one before it while the next is waited for, so that nothing jumps. */
function useLatest<T>(answer: ReturnType<typeof useAnswer<T>>): ReturnType<typeof useAnswer<T>> {
  const last = useRef(answer)
  if (answer.state !== "waiting") last.current = answer
  return answer.state === "waiting" && last.current.state === "here" ? last.current : answer
}

/** The mentions in the order in which they came, those decided since included; `first` is the first that waits. */
function useTrail(queue: ReviewQueue | null, of: string) {
  const held = useRef<{of: string; queue: ReviewQueue | null; ids: string[]; waiting: Set<string>}>({of, queue: null, ids: [], waiting: new Set()})
  const [, redraw] = useState(0)
  if (held.current.of !== of) held.current = {of, queue: held.current.queue, ids: [], waiting: new Set()}
  const trail = held.current
  if (queue && trail.queue !== queue) {
    trail.queue = queue
    const fresh = queue.rows.map(({id}) => id)
    trail.waiting = new Set(fresh)
    // What was taken back stands where it stood; what is new comes at the end.
    const known = new Set(trail.ids)
    trail.ids.push(...fresh.filter(id => !known.has(id)))
  }
  const beside = (id: string, by: number) => trail.ids[trail.ids.indexOf(id) + by] ?? null
  return {
    first: trail.ids.find(id => trail.waiting.has(id)) ?? null,
    decided: (id: string) => {
      trail.waiting.delete(id)
      redraw(times => times + 1)
    },
    waits: (id: string) => {
      if (!trail.ids.includes(id)) trail.ids.unshift(id)
      trail.waiting.add(id)
    },
    beside: (id: string, by: number) => (trail.ids.includes(id) ? beside(id, by) : (trail.ids[0] ?? null)),
    /** The next that waits, round to those that were skipped; `null` where none does. */
    after: (id: string) => {
      const from = trail.ids.indexOf(id) + 1
      return [...trail.ids.slice(from), ...trail.ids.slice(0, from)].find(other => trail.waiting.has(other)) ?? null
    },
  }
}
