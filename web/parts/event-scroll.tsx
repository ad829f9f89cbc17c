import {useEffect, useLayoutEffect, useRef, useState} from "preact/hooks"
import {go} from "../address.ts"
import {ask, type Failure} from "../ask.ts"
import {withFilters} from "../query.ts"
import type {EventPage} from "../records.ts"
import {count as written} from "../words.ts"
import {EventBlock, EventHead} from "./event-list.tsx"
import {Failed} from "./states.tsx"

/** Rows that are asked for at once, and come into the page and leave it together. */
export const blockLength = 30

/** Browsers draw nothing that is taller, in pixels (Firefox: 17.9 million). */
const mostHeight = 16_000_000

/** How far beyond its edges the list is kept ready, in pixels. */
const margin = 800

/** How long a block must be near before it is asked for, in milliseconds: a drag of the scroll bar passes by hundreds. */
const restMs = 60

type Block = {readonly rows: EventPage["rows"]; readonly next: string | null}

type ScrollProps = {
  readonly url: URL
  /** The first block, and what was asked to get it. */
  readonly page: EventPage
  readonly path: string
}

/** All events as one table to scroll through: a block of rows is asked for when it comes near, and only what is near is in the page. The address holds the first row in sight. */
export function EventScroll({url, page: {rows, next, count}, path}: ScrollProps) {
  const holder = useRef<HTMLDivElement>(null)
  const blocks = useRef(new Map<number, Block>([[0, {rows, next}]])).current
  // Of blocks that were in the page; of the others the first tells.
  const heights = useRef(new Map<number, number>()).current
  const [rowHeight, setRowHeight] = useState(64)
  const [near, setNear] = useState<readonly [number, number]>([0, 0])
  const [failure, fail] = useState<Failure | null>(null)
  const [, drawAnew] = useState(0)

  const reachable = Math.min(count.count, Math.floor(mostHeight / rowHeight))
  const number = Math.ceil(reachable / blockLength)
  const lengthOf = (block: number) => Math.min(blockLength, reachable - block * blockLength)
  const heightOf = (block: number) => heights.get(block) ?? lengthOf(block) * rowHeight
  const topOf = (block: number) => {
    let top = 0
    for (let at = 0; at < block; at++) top += heightOf(at)
    return top
  }
  /** The block at a height, and how many pixels below its top. */
  const blockAt = (height: number): readonly [number, number] => {
    let [at, top] = [0, 0]
    while (at < number - 1 && top + heightOf(at) <= height) top += heightOf(at++)
    return [at, height - top]
  }
  const look = () => {
    const {scrollTop, clientHeight} = holder.current!
    const [from, to] = [blockAt(scrollTop - margin)[0], blockAt(scrollTop + clientHeight + margin)[0]]
    // A row that leaves the page would take the focus with it, and the next key would scroll the page.
    const focused = document.activeElement?.closest<HTMLElement>(".event-scroll [data-block]")
    if (focused && (Number(focused.dataset.block) < from || Number(focused.dataset.block) > to)) holder.current!.focus({preventScroll: true})
    setNear(now => (now[0] === from && now[1] === to ? now : [from, to]))
  }

  // To the row that the address names, once the first rows tell how tall they are.
  useLayoutEffect(() => {
    const first = holder.current!.querySelector<HTMLElement>("[data-block]")!.offsetHeight
    setRowHeight(Math.max(1, first / rows.length))
    heights.set(0, first)
  }, [])
  useLayoutEffect(() => {
    const row = Number(url.searchParams.get("row") ?? 0)
    if (Number.isInteger(row) && row > 0) {
      const block = Math.min(number - 1, Math.floor(row / blockLength))
      holder.current!.scrollTop = topOf(block) + (row % blockLength) * rowHeight
    }
    look()
  }, [rowHeight])

  // What turns out taller or lower than thought, above what is in sight, shall not move it.
  useLayoutEffect(() => {
    let shift = 0
    const {scrollTop} = holder.current!
    for (const body of holder.current!.querySelectorAll<HTMLElement>("[data-block]")) {
      const at = Number(body.dataset.block)
      const [was, is] = [heightOf(at), body.offsetHeight]
      if (was === is || !blocks.has(at)) continue
      if (topOf(at) + was < scrollTop) shift += is - was
      heights.set(at, is)
    }
    if (shift !== 0) holder.current!.scrollTop = scrollTop + shift
  })

  useEffect(() => {
    const wanted = Array.from({length: near[1] - near[0] + 1}, (_, at) => near[0] + at).filter(at => !blocks.has(at))
    if (wanted.length === 0) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      for (const at of wanted) {
        // From the end of the nearest block that is here.
        const known = Math.max(...[...blocks.keys()].filter(one => one < at))
        const {next} = blocks.get(known)!
        if (next === null) continue
        const query = new URLSearchParams(path.slice(path.indexOf("?")))
        query.set("cursor", next)
        if (at - known > 1) query.set("skip", String((at - known - 1) * blockLength))
        ask<EventPage>(`/api/v1/events?${query}`, {signal: controller.signal}).then(
          ({rows, next}) => {
            blocks.set(at, {rows, next})
            fail(null)
            drawAnew(now => now + 1)
          },
          failure => !controller.signal.aborted && fail(failure as Failure),
        )
      }
    }, restMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [near])

  // Where the reader rests is in the address, and Back returns to it.
  const rest = useRef(0)
  useEffect(() => () => clearTimeout(rest.current), [])
  const keepPlace = () => {
    clearTimeout(rest.current)
    const {search} = location
    rest.current = window.setTimeout(() => {
      // Not into the address of another question.
      if (!holder.current || location.search !== search) return
      const [block, below] = blockAt(holder.current.scrollTop)
      const row = block * blockLength + Math.min(lengthOf(block) - 1, Math.round((below / heightOf(block)) * lengthOf(block)))
      go(withFilters(new URL(location.href), {row: row === 0 ? null : String(row)}), {isStep: false})
    }, 200)
  }

  return (
    <>
      {reachable < count.count && (
        <p class="aside">
          The first {written(reachable, count.unit.slice(0, -1), count.unit)} can be scrolled through; filters lead to the others, and the files below hold all.
        </p>
      )}
      {failure && <Failed failure={failure} />}
      <section
        ref={holder}
        class="event-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
        tabIndex={0}
        aria-label={`${written(count.count, count.unit.slice(0, -1), count.unit)}, the latest first`}
        onScroll={() => {
          look()
          keepPlace()
        }}
      >
        <table class="table events" aria-rowcount={reachable + 1}>
          <EventHead rowIndex={1} />
          <Space height={topOf(near[0])} />
          {Array.from({length: near[1] - near[0] + 1}, (_, at) => near[0] + at).map(at => {
            const block = blocks.get(at)
            return block ? (
              <EventBlock key={at} rows={block.rows} block={at} firstIndex={at * blockLength + 2} />
            ) : (
              <Space key={at} height={heightOf(at)} words="Reading …" />
            )
          })}
          <Space height={topOf(number) - topOf(near[1] + 1)} />
        </table>
      </section>
    </>
  )
}

/** Room for rows that are not in the page. */
function Space({height, words}: {height: number; words?: string}) {
  if (height <= 0) return null
  return (
    <tbody aria-hidden={words === undefined}>
      <tr style={{height: `${height}px`}}>
        <td class={words ? "space waiting" : "space"} colSpan={4}>
          {words}
        </td>
      </tr>
    </tbody>
  )
}
