import {useEffect} from "preact/hooks"
import {useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {Download} from "../parts/download.tsx"
import {EventList} from "../parts/event-list.tsx"
import {Chips, eventFields, Facet, FilterForm, Nothing, Paging, Settings} from "../parts/filters.tsx"
import {Told} from "../parts/states.tsx"
import {type Measure, OneTimeline} from "../parts/timeline.tsx"
import {apiQuery} from "../query.ts"
import type {Aggregate, EventPage} from "../records.ts"

/** `/explore`: events by any filter; the timeline, the lists and the table show what the filters let pass. */
export function ExplorePage() {
  const url = useAddress()
  const {searchParams} = url
  const unit = searchParams.get("unit") ?? "events"
  const by = searchParams.get("by") ?? "week"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const page = useAnswer<EventPage>(`/api/v1/events?${apiQuery(searchParams, {unit, limit: "50", cursor: searchParams.get("cursor")})}`)
  const timeline = useAnswer<Aggregate>(`/api/v1/timeline?${apiQuery(searchParams, {by, unit})}`)
  useEffect(() => {
    document.title = "Explore – Communique"
  }, [])
  return (
    <div class="page is-broad">
      <h1>Explore</h1>
      <FilterForm url={url} fields={eventFields} />
      <Chips url={url} />
      <Told answer={page}>{({count}) => <Settings count={count} url={url} />}</Told>
      <Told answer={timeline}>{aggregate => <OneTimeline url={url} aggregate={aggregate} measure={measure} />}</Told>
      <div class="beside">
        <div class="facets">
          <Facet url={url} by="type" name="type" title="Types" unit={unit} />
          <Facet url={url} by="dyad" name="dyad" title="Dyads" unit={unit} />
          <Facet url={url} by="actor" name="actor" title="Who" unit={unit} />
          <Facet url={url} by="recipient" name="recipient" title="Whom" unit={unit} />
          <Facet url={url} by="place" name="place" title="Places" unit={unit} />
          <Facet url={url} by="publisher" name="publisher" title="Publishers" unit={unit} />
        </div>
        <div>
          <Told answer={page}>
            {({rows, count, next}) => (
              <>
                {rows.length === 0 ? <Nothing count={count} /> : <EventList rows={rows} />}
                <Paging url={url} next={next} />
              </>
            )}
          </Told>
          <Download url={url} unit={unit} />
        </div>
      </div>
    </div>
  )
}
