import {useRef, useState} from "preact/hooks"
import type {Group} from "../../src/0-records/index.ts"
import {go} from "../address.ts"
import {save, timelinePicture} from "../picture.ts"
import {lastDay, periodsBetween, withFilters} from "../query.ts"
import type {Aggregate} from "../records.ts"
import {writeDay, writeIntensity} from "../words.ts"
import {coloursNow} from "./colours.ts"
import {memo} from "./memo.ts"
import {NumberCells, NumberHeads} from "./numbers.tsx"
import {Twin} from "./twin.tsx"

/** What a bar stands for. */
export const measures = {count: "count", per1000: "per 1,000 reports", intensity: "mean intensity"} as const
export type Measure = keyof typeof measures

/** What the bar of a period stands for; `null` where there is nothing to measure. */
const heightOf = ({count, per1000, meanIntensity}: Group, measure: Measure) => (measure === "count" ? count : measure === "per1000" ? per1000 : meanIntensity)

type TimelineProps = {
  readonly aggregate: Aggregate
  readonly measure: Measure
  /** First and last key to draw; `null` where there is none. */
  readonly range: readonly [string, string] | null
  /** The tallest bar, where several timelines share it. */
  readonly most?: number
  /** Bars hang from the line instead of standing on it. */
  readonly isMirrored?: boolean
  /** First and last day that are chosen, where all stay drawn. */
  readonly within?: readonly [string, string] | null
  readonly choose: (since: string, until: string) => void
}

/** Cooperation and conflict over time; a drag over bars chooses their days. The table below it says the same. */
export function Timeline({aggregate, measure, range, most, isMirrored = false, within = null, choose}: TimelineProps) {
  const holder = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<readonly [number, number] | null>(null)
  const {groups, by} = aggregate
  const periods = range ? periodsBetween(...range, by) : []
  const top = most ?? tallest(groups, range, measure)
  const binAt = ({clientX}: PointerEvent) => {
    const {left, width} = holder.current!.getBoundingClientRect()
    return Math.max(0, Math.min(periods.length - 1, Math.floor(((clientX - left) / width) * periods.length)))
  }
  if (periods.length === 0) return <p class="empty">No day is told in what the filters let pass.</p>
  const [low, high] = drag ? [Math.min(...drag), Math.max(...drag)] : [-1, -1]
  const [from, to] = drag ? [periods[low]!, periods[high]!] : (within ?? ["~", ""])
  return (
    <div
      ref={holder}
      class="bars"
      data-mirrored={isMirrored ? "" : undefined}
      data-measure={measure}
      data-top={measure === "intensity" ? (isMirrored ? "−10" : "+10") : top.toLocaleString("en-GB")}
      aria-hidden="true"
      onPointerDown={event => {
        holder.current?.setPointerCapture(event.pointerId)
        setDrag([binAt(event), binAt(event)])
      }}
      onPointerMove={event => drag && setDrag([drag[0], binAt(event)])}
      onPointerUp={() => {
        if (drag) choose(periods[low]!, lastDay(periods[high]!, by))
        setDrag(null)
      }}
      onPointerCancel={() => setDrag(null)}
    >
      <Bins aggregate={aggregate} measure={measure} top={top} first={periods[0]!} last={periods.at(-1)!} from={from} to={to} />
    </div>
  )
}

type BinsProps = {
  readonly aggregate: Aggregate
  readonly measure: Measure
  readonly top: number
  readonly first: string
  readonly last: string
  /** First and last day that are chosen; later than any day, and `""`, where none is. */
  readonly from: string
  readonly to: string
}

/** A bin for each period. There may be hundreds, so they are made anew only where they change. */
const Bins = memo(({aggregate: {groups, by}, measure, top, first, last, from, to}: BinsProps) => {
  const found = new Map(groups.map(group => [group.key, group]))
  return (
    <>
      {periodsBetween(first, last, by).map(period => {
        const group = found.get(period)
        return (
          <div key={period} class="bin" data-key={period} data-in={period >= from && period <= to ? "" : undefined} title={titleOf(period, by, group)}>
            {group && <Bar group={group} measure={measure} top={top} />}
          </div>
        )
      })}
    </>
  )
})

function Bar({group, measure, top}: {group: Group; measure: Measure; top: number}) {
  if (measure === "intensity") {
    const value = heightOf(group, measure)
    if (value === null) return null
    return (
      <span
        class={`bar-part ${value < 0 ? "is-conflict" : "is-cooperation"} ${value < 0 ? "is-below" : "is-above"}`}
        style={{height: `${Math.abs(value) * 5}%`}}
      />
    )
  }
  const scale = (heightOf(group, measure) ?? 0) / Math.max(1, group.count)
  const part = (count: number) => ({height: `${((count * scale) / top) * 100}%`})
  return (
    <>
      <span class="bar-part is-cooperation" style={part(group.cooperation)} />
      <span class="bar-part is-conflict" style={part(group.conflict)} />
    </>
  )
}

const isIn = ({key}: Group, range: readonly [string, string] | null) => range !== null && key >= range[0] && key <= range[1]

/** The tallest bar of counts drawn, at least 1. */
export function tallest(groups: readonly Group[], range: readonly [string, string] | null, measure: Measure): number {
  return Math.max(1, ...groups.filter(group => isIn(group, range)).map(group => (measure === "intensity" ? group.count : (heightOf(group, measure) ?? 0))))
}

/**
 * What to draw: the periods in which reports came out. Reports tell of days long past and far ahead, which would squeeze all others
 * into one bar; they stand in the table, and their number below the bars.
 */
export function rangeOf(aggregates: readonly Aggregate[]): readonly [string, string] | null {
  const groups = aggregates.flatMap(({groups}) => groups)
  const told = groups.filter(({reports}) => reports > 0)
  const keys = (told.length > 0 ? told : groups).map(({key}) => key).sort()
  return keys.length > 0 ? [keys[0]!, keys.at(-1)!] : null
}

/** What is counted and in no bar. */
export function NotDrawn({aggregates, range}: {aggregates: readonly Aggregate[]; range: readonly [string, string] | null}) {
  const {by = "", unit = ""} = aggregates[0] ?? {}
  const outside = aggregates.flatMap(({groups}) => groups.filter(group => !isIn(group, range))).reduce((sum, {count}) => sum + count, 0)
  const ungrouped = aggregates.reduce((sum, one) => sum + one.ungrouped, 0)
  const told = [
    outside > 0 && `${outside.toLocaleString("en-GB")} before or after the days on which reports came out, which stand in the table`,
    ungrouped > 0 && `${ungrouped.toLocaleString("en-GB")} without a day or over more than one ${by}`,
  ].filter(Boolean)
  const isUnderWay = range !== null && lastDay(range[1], by) >= new Date().toISOString().slice(0, 10)
  return (
    <>
      {told.length > 0 && (
        <p class="aside">
          In no bar: {told.join("; ")} ({unit}).
        </p>
      )}
      {isUnderWay && <p class="aside">The last {by} is not over, and reports of the newest 24 hours may still be missing: its bar is incomplete.</p>}
    </>
  )
}

function titleOf(period: string, by: string, group: Group | undefined): string {
  const when = by === "day" ? writeDay(period) : `${by} from ${writeDay(period)}`
  return group ? `${when}: ${group.count} (${group.cooperation} cooperation, ${group.conflict} conflict) in ${group.reports} reports` : `${when}: none`
}

/** Most days that are written below bars. */
const mostDays = 6

/** First days of periods, each below its bar, and the last day of all. */
export function TimeAxis({range: [first, last], by}: {range: readonly [string, string]; by: string}) {
  const periods = periodsBetween(first, last, by)
  const step = Math.ceil(periods.length / mostDays)
  // Beside the last day is no room for another.
  const told = periods.filter((_, at) => at % step === 0 && at <= periods.length * 0.82)
  return (
    <div class="time-axis" aria-hidden="true">
      {told.map(period => (
        <span key={period} style={{insetInlineStart: `${(periods.indexOf(period) / periods.length) * 100}%`}}>
          {writeDay(period)}
        </span>
      ))}
      {first !== lastDay(last, by) && <span class="is-last">{writeDay(lastDay(last, by))}</span>}
    </div>
  )
}

type LegendProps = {
  readonly measure: Measure
  readonly range: readonly [string, string] | null
  readonly most: number
  readonly ways: readonly {readonly name: string; readonly aggregate: Aggregate}[]
}

/** What the bars stand for, how much the tallest is, and the timeline as a picture. */
export function TimeLegend({measure, range, most, ways}: LegendProps) {
  const {by, unit} = ways[0]!.aggregate
  const measured = measure === "count" ? unit : measures[measure]
  const top = measure === "intensity" ? 10 : most
  const draw = () =>
    range &&
    save(
      "timeline.svg",
      new Blob(
        [
          timelinePicture({
            ways: ways.map(({name, aggregate}) => ({name, groups: aggregate.groups})),
            range,
            by,
            measured,
            heightOf: group => heightOf(group, measure) ?? 0,
            most: top,
            colours: coloursNow(),
          }),
        ],
        {type: "image/svg+xml"},
      ),
    )
  return (
    <p class="time-legend aside">
      <span class="swatch is-cooperation" /> cooperation <span class="swatch is-conflict" /> conflict, in {measured}
      {range !== null && `; a bar of full height is ${measure === "intensity" ? "±10" : top.toLocaleString("en-GB")}`}. Drag over bars to choose days.{" "}
      {range && (
        <button type="button" class="small-button" onClick={draw}>
          Picture (SVG)
        </button>
      )}
    </p>
  )
}

/** The numbers behind bars. */
export function TimeTable({
  aggregate: {groups, by, unit},
  caption,
  linkOf,
}: {
  aggregate: Aggregate
  caption: string
  linkOf: (since: string, until: string) => string
}) {
  return (
    <Twin summary={`${caption} as a table`}>
      {() => (
        <table class="table is-wide">
          <thead>
            <tr>
              <th scope="col">{by === "day" ? "Day" : `First day of the ${by}`}</th>
              <NumberHeads names={[unit, "cooperation", "conflict", "mean intensity", "reports", "per 1,000 reports"]} />
            </tr>
          </thead>
          <tbody>
            {groups.map(({key, count, cooperation, conflict, meanIntensity, reports, per1000}) => (
              <tr key={key}>
                <th scope="row">
                  <a href={linkOf(key, lastDay(key, by))}>{writeDay(key)}</a>
                </th>
                <NumberCells
                  cells={{
                    ...{[unit]: count, cooperation, conflict},
                    "mean intensity": meanIntensity === null ? "–" : writeIntensity(meanIntensity),
                    ...{reports, "per 1,000 reports": per1000 ?? "–"},
                  }}
                />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Twin>
  )
}

/** One timeline with its axis, what it leaves out, and its table; choosing days puts them into the address. */
export function OneTimeline({url, aggregate, measure}: {url: URL; aggregate: Aggregate; measure: Measure}) {
  const range = rangeOf([aggregate])
  return (
    <>
      <Timeline aggregate={aggregate} measure={measure} range={range} choose={(since, until) => go(withFilters(url, {since, until}))} />
      {range && <TimeAxis range={range} by={aggregate.by} />}
      <TimeLegend measure={measure} range={range} most={tallest(aggregate.groups, range, measure)} ways={[{name: document.title, aggregate}]} />
      <NotDrawn aggregates={[aggregate]} range={range} />
      <TimeTable aggregate={aggregate} caption="Timeline" linkOf={(since, until) => withFilters(url, {since, until})} />
    </>
  )
}
