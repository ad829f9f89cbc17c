import {isLit, type Lit, labelOf, type Mark, type Role, type Segment} from "../marks.ts"
import {memo} from "./memo.ts"

/** What the text tells its page. */
export type TextCalls = {readonly light: (lit: Lit | null) => void; readonly lead: (rows: readonly string[]) => void}

/** Where a segment's words do several things, the first of these is what is drawn. */
const strongest: readonly Role[] = ["trigger", "cue", "via", "actor", "recipient", "speaker", "date", "place", "content"]

/** The report's text, with the words behind rows marked. */
export function Reading({
  paragraphs,
  lit,
  chosen,
  light,
  lead,
}: TextCalls & {paragraphs: readonly (readonly Segment[])[]; lit: Lit | null; chosen: string | null}) {
  return (
    <div class="reading" dir="auto" data-dim={lit && lit.rows.length > 0 ? "" : undefined}>
      {paragraphs.map(segments => {
        const isTouched = lit !== null && segments.some(({marks}) => marks.some(mark => lit.rows.includes(mark.row) || isNamesake(mark, lit)))
        const holdsChosen = chosen !== null && segments.some(({marks}) => marks.some(({row}) => row === chosen))
        return (
          <Paragraph key={segments[0]?.start} segments={segments} lit={isTouched ? lit : null} chosen={holdsChosen ? chosen : null} light={light} lead={lead} />
        )
      })}
    </div>
  )
}

/** Not told by the record: other words of the report that mean the same actor. */
export type LitWithName = Lit & {readonly name?: string}

const isNamesake = (mark: Mark, lit: LitWithName | null) => lit?.name !== undefined && mark.name === lit.name

const Paragraph = memo(({segments, lit, chosen, light, lead}: TextCalls & {segments: readonly Segment[]; lit: LitWithName | null; chosen: string | null}) => (
  <p dir="auto">
    {segments.map((segment, at) => (
      <Stretch key={segment.start} segment={segment} before={segments[at - 1]} lit={lit} chosen={chosen} light={light} lead={lead} />
    ))}
  </p>
))

function Stretch({
  segment,
  before,
  lit,
  chosen,
  light,
  lead,
}: TextCalls & {segment: Segment; before: Segment | undefined; lit: LitWithName | null; chosen: string | null}) {
  const {text, marks, end} = segment
  if (marks.length === 0) return <>{text}</>
  const on = marks.filter(mark => isLit(mark, lit))
  const role = strongest.find(one => on.some(mark => mark.role === one))
  const base = [...new Set(marks.map(mark => `on-${mark.role}`))].join(" ")
  const near = marks.filter(({role}) => role !== "content")
  const shown = (near.length > 0 ? near : marks).toSorted((one, other) => one.end - one.start - (other.end - other.start))
  const [tightest] = shown
  const same = shown.filter(({start, end}) => start === tightest!.start && end === tightest!.end)
  const rows = [...new Set(same.map(mark => mark.row))]
  const isFirst = !before?.marks.some(mark => mark.start === tightest!.start && mark.end === tightest!.end)
  // One row: all of it is lit. Several: only these words, with their rows.
  const lightsUp: Lit = rows.length === 1 ? {rows} : {rows, span: {start: tightest!.start, end: tightest!.end}}
  const handlers = {
    onPointerEnter: () => light(lightsUp),
    onPointerLeave: () => light(null),
    onClick: (event: MouseEvent) => {
      event.preventDefault()
      lead(rows)
    },
  }
  const attributes = {
    class: `mark ${base}`,
    "data-hl": role,
    "data-echo": role === undefined && marks.some(mark => isNamesake(mark, lit)) ? "" : undefined,
    "data-start": segment.start,
  }
  const refs = marks.filter(mark => mark.end === end && (mark.role === "trigger" || mark.role === "content"))
  return (
    <>
      {near.length > 0 ? (
        <a {...attributes} {...handlers} href={`?at=${rows[0]}`} tabIndex={isFirst ? 0 : -1} onFocus={() => light(lightsUp)} onBlur={() => light(null)}>
          {text}
        </a>
      ) : (
        // Keyboards reach these words through the quote's letter behind them.
        <span {...attributes} {...handlers} role="presentation">
          {text}
        </span>
      )}
      {refs.map(({row, role}) => (
        <a
          key={row}
          class={`ref ref-${role}`}
          href={`?at=${row}`}
          aria-label={role === "content" ? `Quote ${labelOf(row)}` : `Event ${row}`}
          data-chosen={row === chosen ? "" : undefined}
          onPointerEnter={() => light({rows: [row]})}
          onPointerLeave={() => light(null)}
          onFocus={() => light({rows: [row]})}
          onBlur={() => light(null)}
          onClick={event => {
            event.preventDefault()
            lead([row])
          }}
        >
          {labelOf(row)}
        </a>
      ))}
    </>
  )
}
