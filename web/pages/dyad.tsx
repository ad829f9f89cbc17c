import {useEffect} from "preact/hooks"
import type {KnownActor} from "../../src/0-records/index.ts"
import {go, useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {Download} from "../parts/download.tsx"
import {EventList, QuoteList} from "../parts/event-list.tsx"
import {Chips, FilterForm, Nothing, Paging, Settings} from "../parts/filters.tsx"
import {Told} from "../parts/states.tsx"
import {type Measure, measures, NotDrawn, rangeOf, TimeAxis, TimeLegend, Timeline, TimeTable, tallest} from "../parts/timeline.tsx"
import {apiQuery, withFilters} from "../query.ts"
import type {Aggregate, EventPage, QuotePage} from "../records.ts"

/** The name of a country's code, as the store has it; the code itself where it has none. */
function useName(party: string): string {
  const answer = useAnswer<{actors: readonly KnownActor[]}>(`/api/v1/actors?begins=${encodeURIComponent(party)}&limit=20`)
  const found = answer.state === "here" ? answer.value.actors.find(({code, sector}) => code === party && sector === null) : undefined
  return found?.name ?? party
}

/** `/dyad/CHN/VEN`: what each of two sides does to the other, over time. */
export function DyadPage({one, other}: {one: string; other: string}) {
  const url = useAddress()
  const {searchParams} = url
  const [first, second] = [useName(one), useName(other)]
  const by = searchParams.get("by") ?? "week"
  const unit = searchParams.get("unit") ?? "events"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const ways = [
    [one, other],
    [other, one],
  ] as const
  const directed = (dyad: readonly string[], besides = {}) => apiQuery(searchParams, {dyad, directed: "1", unit, ...besides})
  const there = useAnswer<Aggregate>(`/api/v1/timeline?${directed(ways[0], {by})}`)
  const back = useAnswer<Aggregate>(`/api/v1/timeline?${directed(ways[1], {by})}`)
  const events = useAnswer<EventPage>(`/api/v1/events?${apiQuery(searchParams, {dyad: ways[0], unit, limit: "30", cursor: searchParams.get("cursor")})}`)
  useEffect(() => {
    document.title = `${first} and ${second} – Communique`
  }, [first, second])
  const choose = (since: string, until: string) => go(withFilters(url, {since, until}))
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
      <Told answer={there}>
        {forth => (
          <Told answer={back}>
            {answer => {
              const range = rangeOf([forth, answer])
              if (!range) return <p class="empty">No day is told of what these two do to each other.</p>
              const most = Math.max(tallest(forth.groups, range, measure), tallest(answer.groups, range, measure))
              return (
                <figure class="mirror">
                  <figcaption>
                    {first} → {second}
                  </figcaption>
                  <Timeline aggregate={forth} measure={measure} range={range} most={most} choose={choose} />
                  <Timeline aggregate={answer} measure={measure} range={range} most={most} isMirrored choose={choose} />
                  <p class="figcaption">
                    {second} → {first}
                  </p>
                  <TimeAxis range={range} by={by} />
                  <TimeLegend unit={measure === "count" ? unit : measures[measure]} />
                  <NotDrawn aggregates={[forth, answer]} range={range} />
                  <TimeTable aggregate={forth} caption={`${first} → ${second}`} linkOf={(since, until) => withFilters(url, {since, until})} />
                  <TimeTable aggregate={answer} caption={`${second} → ${first}`} linkOf={(since, until) => withFilters(url, {since, until})} />
                </figure>
              )
            }}
          </Told>
        )}
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
      <Download url={url} unit={unit} besides={{dyad: ways[0]}} />
      <h2>What they say of each other</h2>
      <div class="columns">
        <QuotesAbout speaker={one} about={second} title={`${first} on ${second}`} />
        <QuotesAbout speaker={other} about={first} title={`${second} on ${first}`} />
      </div>
    </div>
  )
}

function QuotesAbout({speaker, about, title}: {speaker: string; about: string; title: string}) {
  const query = new URLSearchParams({side: speaker, text: about})
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
