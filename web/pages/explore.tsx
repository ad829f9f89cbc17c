import {useEffect, useState} from "preact/hooks"
import {go, useAddress} from "../address.ts"
import {type Answer, useAnswer} from "../ask.ts"
import {Download} from "../parts/download.tsx"
import {NetworkGraph, WorldMap} from "../parts/drawings.ts"
import {EventList} from "../parts/event-list.tsx"
import {blockLength, EventScroll} from "../parts/event-scroll.tsx"
import {Chips, eventFields, FacetList, FilterForm, moreEventFields, Nothing, Settings} from "../parts/filters.tsx"
import {Told} from "../parts/states.tsx"
import {type Measure, OneTimeline} from "../parts/timeline.tsx"
import type {MapCalls} from "../parts/world-map.tsx"
import {apiQuery, withFilters} from "../query.ts"
import type {Aggregate, EventPage, Facets, Places} from "../records.ts"

/** `/explore`: events by any filter; timeline, map, network, lists and table show what the filters let pass, and each adds filters. */
export function ExplorePage() {
  const url = useAddress()
  const {searchParams} = url
  const unit = searchParams.get("unit") ?? "events"
  const by = searchParams.get("by") ?? "week"
  const measure = (searchParams.get("measure") ?? "count") as Measure
  const isDrawn = searchParams.get("draw") !== "no"
  const [box, setBox] = useState<string | null>(null)
  const ask = (route: string, besides: Record<string, string | null> = {}) => `/api/v1/${route}?${apiQuery(searchParams, {unit, ...besides})}`
  const page = useAnswer<EventPage>(ask("events", {limit: String(blockLength)}))
  const timeline = useAnswer<Aggregate>(ask("timeline", {by}))
  const places = useAnswer<Places>(isDrawn ? ask("places", {limit: "500"}) : null)
  const dyads = useAnswer<Aggregate>(ask("dyads", {limit: isDrawn ? "80" : "8"}))
  const facets = useAnswer<Facets>(ask("facets"))
  useEffect(() => {
    document.title = "Explore – Communique"
  }, [])
  return (
    <div class="page is-broad">
      <h1>Explore</h1>
      <FilterForm url={url} fields={eventFields} more={moreEventFields} />
      <Chips url={url} />
      <Told answer={page}>{({count}) => <Settings count={count} url={url} />}</Told>
      <Told answer={timeline}>{aggregate => <OneTimeline url={url} aggregate={aggregate} measure={measure} />}</Told>
      {isDrawn && <Drawn url={url} unit={unit} places={places} dyads={dyads} moved={(_, sight) => setBox(sight)} />}
      <p class="aside">
        {box !== null && isDrawn && (
          <>
            <a href={withFilters(url, {box})}>Only points in sight</a>
            {" · "}
          </>
        )}
        <a href={withFilters(url, {draw: isDrawn ? "no" : null})}>{isDrawn ? "Without map and network" : "With map and network"}</a>
        {" · "}
        <a href={withFilters(url, {draw: null, measure: null}, "/map")}>Larger map</a>
        {" · "}
        <a href={withFilters(url, {draw: null, measure: null}, "/network")}>Larger network</a>, both with their tables
      </p>
      <div class="beside">
        <div class="facets">
          {facets.state === "here" && <FacetList url={url} name="type" title="Types" groups={facets.value.type} />}
          {dyads.state === "here" && <FacetList url={url} name="dyad" title="Dyads" groups={dyads.value.groups} />}
          {facets.state === "here" && (
            <>
              <FacetList url={url} name="actor" title="Who" groups={facets.value.actor} />
              <FacetList url={url} name="recipient" title="Whom" groups={facets.value.recipient} />
              <FacetList url={url} name="place" title="Places" groups={facets.value.place} />
              <FacetList url={url} name="publisher" title="Publishers" groups={facets.value.publisher} />
            </>
          )}
        </div>
        <div>
          <Told answer={page}>
            {(value, path) =>
              value.rows.length === 0 ? (
                <Nothing count={value.count} />
              ) : value.next === null ? (
                <EventList rows={value.rows} />
              ) : (
                <EventScroll key={path} url={url} page={value} path={path} />
              )
            }
          </Told>
          <Download url={url} unit={unit} />
        </div>
      </div>
    </div>
  )
}

/** The map and the network of the filters; a click adds one. */
function Drawn({
  url,
  unit,
  places,
  dyads,
  moved,
}: {url: URL; unit: string; places: Answer<Places>; dyads: Answer<Aggregate>} & Pick<Required<MapCalls>, "moved">) {
  return (
    <div class="drawings is-small">
      <Told answer={places}>
        {where => (
          <WorldMap
            label="Map of what the filters let pass; the list of places below says the same"
            unit={unit}
            places={where}
            flows={noFlows}
            view={null}
            choosePlace={place => go(withFilters(url, {place}))}
            chooseDyad={() => {}}
            moved={moved}
          />
        )}
      </Told>
      <Told answer={dyads}>
        {({groups}) =>
          groups.length > 0 && (
            <NetworkGraph
              label={`${groups.length} dyads as a network; the list of dyads below says the same`}
              layout={groups}
              edges={groups}
              chooseActor={side => go(withFilters(url, {side}))}
              chooseDyad={([one, other]) => go(withDyad(url, one, other))}
            />
          )
        }
      </Told>
    </div>
  )
}

const noFlows: readonly never[] = []

/** The address with the filter of a dyad, which stands twice in it. */
function withDyad(url: URL, one: string, other: string): string {
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => name !== "row" && name !== "dyad"))
  query.append("dyad", one)
  query.append("dyad", other)
  return `${url.pathname}?${query}`
}
