import {useEffect, useState} from "preact/hooks"
import {go} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {apiQuery, lastDay, periodsBetween, withFilters} from "../query.ts"
import type {Aggregate} from "../records.ts"
import {writeDay, count as written} from "../words.ts"
import {Told} from "./states.tsx"
import {rangeOf, TimeAxis, Timeline} from "./timeline.tsx"

/** How long each period is shown while it plays, in milliseconds. */
const stepMs = 1200

/** All days, or one period after the other; a drag over the bars chooses several. The address holds the days. */
export function TimeSlider({url, by, unit}: {url: URL; by: string; unit: string}) {
  const answer = useAnswer<Aggregate>(`/api/v1/timeline?${apiQuery(url.searchParams, {by, unit, since: null, until: null})}`)
  return (
    <div class="time-slider">
      <Told answer={answer}>{aggregate => <Slider url={url} aggregate={aggregate} />}</Told>
    </div>
  )
}

function Slider({url, aggregate}: {url: URL; aggregate: Aggregate}) {
  const {by, unit, groups} = aggregate
  const [isPlaying, play] = useState(false)
  const range = rangeOf([aggregate])
  const periods = range ? periodsBetween(...range, by) : []
  const [since, until] = [url.searchParams.get("since"), url.searchParams.get("until")]
  const at = since !== null && until === lastDay(since, by) ? periods.indexOf(since) + 1 : 0
  const choose = (step: number, isStep: boolean) => {
    const from = periods[step - 1]
    go(withFilters(url, {since: from ?? null, until: from ? lastDay(from, by) : null}), {isStep})
  }
  useEffect(() => {
    if (!isPlaying) return
    const timer = setTimeout(() => (at < periods.length ? choose(at + 1, false) : play(false)), stepMs)
    return () => clearTimeout(timer)
  }, [isPlaying, at, periods.length])
  if (!range) return null
  const told = groups.find(({key}) => key === periods[at - 1])
  const words =
    at > 0
      ? `${by === "day" ? "" : `${by} from `}${writeDay(periods[at - 1]!)}: ${written(told?.count ?? 0, unit.slice(0, -1))}`
      : since !== null || until !== null
        ? `${since ? writeDay(since) : "the first day"} – ${until ? writeDay(until) : "the last day"}`
        : "all days"
  return (
    <>
      <Timeline
        aggregate={aggregate}
        measure="count"
        range={range}
        within={since === null && until === null ? null : [since ?? "", until ?? "9999"]}
        choose={(from, to) => go(withFilters(url, {since: from, until: to}))}
      />
      <TimeAxis range={range} by={by} />
      <div class="slider-row">
        <button type="button" class="button" onClick={() => play(!isPlaying)} aria-pressed={isPlaying}>
          {isPlaying ? "Stop" : "Play"}
        </button>
        <input
          type="range"
          aria-label="Time"
          aria-valuetext={words}
          min={0}
          max={periods.length}
          value={at}
          onInput={event => choose(Number(event.currentTarget.value), false)}
        />
        <output class="aside">{words}</output>
      </div>
    </>
  )
}
