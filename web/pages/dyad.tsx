import {useEffect} from "preact/hooks"
import type {KnownActor} from "../../src/0-records/index.ts"
import {go, useAddress} from "../address.ts"
import {type Answer, useAnswer} from "../ask.ts"
import {Download} from "../parts/download.tsx"
import {EventList, QuoteList} from "../parts/event-list.tsx"
import {Chips, FilterForm, Nothing, Paging, Settings} from "../parts/filters.tsx"
import {NumberCells, NumberHeads} from "../parts/numbers.tsx"
import {Told} from "../parts/states.tsx"
import {StoryList} from "../parts/story.tsx"
import {type Measure, NotDrawn, rangeOf, TimeAxis, TimeLegend, Timeline, TimeTable, tallest} from "../parts/timeline.tsx"
import {apiQuery, withFilters} from "../query.ts"
import type {Aggregate, EventPage, QuotePage, StoryPage} from "../records.ts"
import {count as written} from "../words.ts"

/** The name of a country's code, as the store has it; the code itself where it has none. */
function useName(party: string): string {
  const answer = useAnswer<{actors: readonly KnownActor[]}>(`/api/v1/actors?begins=${encodeURIComponent(party)}&limit=20`)
  const found = answer.state === "here" ? answer.value.actors.find(({code, sector}) => code === party && sector === null) : undefined
  return found?.name ?? party
}

type Pair = readonly [string, string]

/** What each side of a pair does to the other, by period; not asked for `null`. */
function useWays(pair: Pair | null, searchParams: URLSearchParams, by: string, unit: string): readonly [Answer<Aggregate>, Answer<Aggregate>] {
  const path = (dyad: Pair | null) => dyad && `/api/v1/timeline?${apiQuery(searchParams, {dyad, directed: "1", unit, by})}`
  return [useAnswer<Aggregate>(path(pair)), useAnswer<Aggregate>(path(pair && [pair[1], pair[0]]))]
}

/** `/dyad/CHN/VEN`: what each of two sides does to the other, over time; with `?with=USA/VEN` beside another dyad, on the same scale. */
export function DyadPage({one, other}: {one: string; other: string}) {
  const url = useAddress()
  const {searchParams} = url
  const pair: Pair = [one, other]
  const rival = pairOf(searchParams.get("with"))
  const [first, second] = [useName(one), useName(other)]
  const [third, fourth] = [useName(rival?.[0] ?? one), useName(rival?.[1] ?? other)]
  const by = searchParams.get("by") ?? "week"
  const unit = searchParams.get("unit") ?? "events"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const ways = [...useWays(pair, searchParams, by, unit), ...useWays(rival, searchParams, by, unit)]
  const events = useAnswer<EventPage>(`/api/v1/events?${apiQuery(searchParams, {dyad: pair, unit, limit: "30", cursor: searchParams.get("cursor")})}`)
  const stories = useAnswer<StoryPage>(`/api/v1/stories?${apiQuery(searchParams, {dyad: pair, limit: "5"})}`)
  useEffect(() => {
    document.title = `${first} and ${second} – Communique`
  }, [first, second])
  return (
    <div class="page is-broad">
      <h1>
        <a href={`/actor/${encodeURIComponent(one)}`}>{first}</a> and <a href={`/actor/${encodeURIComponent(other)}`}>{second}</a>
      </h1>
      <FilterForm
        url={url}
        fields={[
          {name: "since", label: "Since", type: "date"},
          {name: "until", label: "Until", type: "date"},
          {name: "text", label: "Words of the sentence"},
        ]}
      />
      <Chips url={url} />
      <Told answer={events}>{({count}) => <Settings count={count} url={url} />}</Told>
      <CompareForm url={url} rival={rival} />
      <Told answer={all(rival ? ways : ways.slice(0, 2))}>
        {aggregates => {
          const range = rangeOf(aggregates)
          if (!range) return <p class="empty">No day is told of what these two do to each other.</p>
          const most = Math.max(...aggregates.map(({groups}) => tallest(groups, range, measure)))
          const common = {url, range, most, measure}
          return (
            <>
              <Mirror {...common} names={[first, second]} ways={[aggregates[0]!, aggregates[1]!]} />
              {rival && aggregates.length === 4 && (
                <>
                  <Mirror {...common} names={[third, fourth]} ways={[aggregates[2]!, aggregates[3]!]} />
                  <Told answer={events}>
                    {({count}) => (
                      <Compared
                        unit={unit}
                        reports={count.reports}
                        rows={[
                          [`${first} → ${second}`, aggregates[0]!],
                          [`${second} → ${first}`, aggregates[1]!],
                          [`${third} → ${fourth}`, aggregates[2]!],
                          [`${fourth} → ${third}`, aggregates[3]!],
                        ]}
                      />
                    )}
                  </Told>
                </>
              )}
            </>
          )
        }}
      </Told>
      <h2>Latest</h2>
      <Told answer={events}>
        {({rows, count, next}) => (
          <>
            {rows.length === 0 ? <Nothing count={count} /> : <EventList rows={rows} />}
            <Paging url={url} next={next} />
          </>
        )}
      </Told>
      <Download url={url} unit={unit} besides={{dyad: pair}} />
      <h2>Stories</h2>
      <Told answer={stories}>
        {({rows, count}) => (
          <>
            {rows.length === 0 ? <p class="empty">No story tells of these two in what the filters let pass.</p> : <StoryList stories={rows} />}
            {count.count > rows.length && <a href={`/stories?${apiQuery(searchParams, {dyad: pair})}`}>All {written(count.count, "story", "stories")}</a>}
          </>
        )}
      </Told>
      <h2>What they say of each other</h2>
      <div class="columns">
        <QuotesAbout speaker={one} about={other} title={`${first} on ${second}`} />
        <QuotesAbout speaker={other} about={one} title={`${second} on ${first}`} />
      </div>
    </div>
  )
}

/** `USA/VEN` as two sides. */
function pairOf(written: string | null): Pair | null {
  const [, one, other] = /^([^/]+)\/([^/]+)$/.exec(written ?? "") ?? []
  return one && other ? [one, other] : null
}

/** All answers as one: what went wrong first, else what is waited for, else all values. */
function all<T>(answers: readonly Answer<T>[]): Answer<readonly T[]> {
  const failed = answers.find(answer => answer.state === "failed")
  if (failed) return failed
  const here = answers.filter(answer => answer.state === "here")
  if (here.length < answers.length) return {state: "waiting"}
  return {state: "here", value: here.map(({value}) => value), path: here.map(({path}) => path).join(" "), isOld: here.some(({isOld}) => isOld)}
}

type MirrorProps = {
  readonly url: URL
  readonly names: Pair
  readonly ways: readonly [Aggregate, Aggregate]
  readonly range: readonly [string, string]
  readonly most: number
  readonly measure: Measure
}

/** One way above the line, the other below it. */
function Mirror({url, names: [first, second], ways: [there, back], range, most, measure}: MirrorProps) {
  const choose = (since: string, until: string) => go(withFilters(url, {since, until}))
  const linkOf = (since: string, until: string) => withFilters(url, {since, until})
  return (
    <figure class="mirror">
      <figcaption>
        {first} → {second}
      </figcaption>
      <Timeline aggregate={there} measure={measure} range={range} most={most} choose={choose} />
      <Timeline aggregate={back} measure={measure} range={range} most={most} isMirrored choose={choose} />
      <p class="figcaption">
        {second} → {first}
      </p>
      <TimeAxis range={range} by={there.by} />
      <TimeLegend
        {...{measure, range, most}}
        ways={[
          {name: `${first} → ${second}`, aggregate: there},
          {name: `${second} → ${first}`, aggregate: back},
        ]}
      />
      <NotDrawn aggregates={[there, back]} range={range} />
      <TimeTable aggregate={there} caption={`${first} → ${second}`} linkOf={linkOf} />
      <TimeTable aggregate={back} caption={`${second} → ${first}`} linkOf={linkOf} />
    </figure>
  )
}

/** Two sides to compare with, or none any more. */
function CompareForm({url, rival}: {url: URL; rival: Pair | null}) {
  return (
    <details class="compare-with" open={rival !== null}>
      <summary>Compare with another dyad</summary>
      <form
        class="filter-form compare"
        key={url.searchParams.get("with") ?? ""}
        onSubmit={event => {
          event.preventDefault()
          const given = new FormData(event.currentTarget)
          const [one, other] = ["one", "other"].map(name => String(given.get(name) ?? "").trim())
          if (one && other) go(withFilters(url, {with: `${one}/${other}`}))
        }}
      >
        <label>
          <span class="label">Compare with</span>
          <input name="one" required pattern="[^/]+" defaultValue={rival?.[0] ?? ""} placeholder="name, USA, USAGOV" />
        </label>
        <label>
          <span class="label">and</span>
          <input name="other" required pattern="[^/]+" defaultValue={rival?.[1] ?? ""} placeholder="name, VEN" />
        </label>
        <button type="submit" class="button">
          Compare
        </button>
        {rival && <a href={withFilters(url, {with: null})}>Compare no more</a>}
      </form>
    </details>
  )
}

/** All days together: how many each way, out of how many reports. */
function Compared({rows, unit, reports}: {rows: readonly (readonly [string, Aggregate])[]; unit: string; reports: number}) {
  return (
    <table class="table is-narrow compared">
      <caption>All days shown, out of {reports.toLocaleString("en-GB")} reports</caption>
      <thead>
        <tr>
          <th scope="col">Who to whom</th>
          <NumberHeads names={[unit, "cooperation", "conflict", "in no bar", "per 1,000 reports"]} />
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, {groups, ungrouped}]) => {
          const sum = (of: "count" | "cooperation" | "conflict") => groups.reduce((total, group) => total + group[of], 0)
          const count = sum("count") + ungrouped
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <NumberCells
                cells={{
                  [unit]: count,
                  cooperation: sum("cooperation"),
                  conflict: sum("conflict"),
                  "in no bar": ungrouped,
                  "per 1,000 reports": reports === 0 ? "–" : ((count / reports) * 1000).toFixed(1),
                }}
              />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function QuotesAbout({speaker, about, title}: {speaker: string; about: string; title: string}) {
  const query = new URLSearchParams({side: speaker, about})
  const answer = useAnswer<QuotePage>(`/api/v1/quotes?${query}&limit=6`)
  return (
    <section>
      <h3>{title}</h3>
      <Told answer={answer}>
        {({rows, count}) => (
          <>
            {rows.length === 0 ? <p class="empty">No quote names it.</p> : <QuoteList rows={rows} />}
            {count.count > rows.length && <a href={`/quotes?${query}`}>All {count.count}</a>}
          </>
        )}
      </Told>
    </section>
  )
}
