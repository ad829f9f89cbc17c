import {go, useAddress} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {NetworkGraph} from "../parts/drawings.ts"
import {DrawnPage} from "../parts/drawn-page.tsx"
import {Nothing} from "../parts/filters.tsx"
import {dyadHref, FlowTable} from "../parts/flow-table.tsx"
import {Told} from "../parts/states.tsx"
import {TimeSlider} from "../parts/time-slider.tsx"
import {Twin} from "../parts/twin.tsx"
import {apiQuery, withFilters} from "../query.ts"
import type {Aggregate, EventPage} from "../records.ts"

/** Most dyads that are drawn. */
const mostEdges = 200

/** `/network`: who does how much to whom, by tone and time. */
export function NetworkPage() {
  const url = useAddress()
  const {searchParams} = url
  const unit = searchParams.get("unit") ?? "events"
  const by = searchParams.get("by") ?? "week"
  const page = useAnswer<EventPage>(`/api/v1/events?${apiQuery(searchParams, {unit, limit: "1"})}`)
  const edges = useAnswer<Aggregate>(`/api/v1/dyads?${apiQuery(searchParams, {unit, limit: `${mostEdges}`})}`)
  const always = useAnswer<Aggregate>(`/api/v1/dyads?${apiQuery(searchParams, {unit, limit: `${mostEdges}`, since: null, until: null})}`)
  return (
    <DrawnPage title="Network" url={url} unit={unit} counted={page}>
      <Told answer={always}>
        {({groups: layout}) => (
          <Told answer={edges}>
            {({groups, total}) => (
              <>
                {layout.length > 0 && (
                  <NetworkGraph
                    label={`${groups.length} dyads as a network; the table below says the same`}
                    layout={layout}
                    edges={groups}
                    chooseActor={side => go(withFilters(url, {side}))}
                    chooseDyad={dyad => go(dyadHref(url, dyad))}
                  />
                )}
                <p class="time-legend aside">
                  <span class="swatch is-cooperation" /> mostly cooperation, round and solid <span class="swatch is-conflict" /> mostly conflict, three-cornered
                  and dashed. A click on a line leads to its events, one on an actor to its own network.
                </p>
                <TimeSlider url={url} by={by} unit={unit} />
                {page.state === "here" && page.value.count.count === 0 && <Nothing count={page.value.count} />}
                <NotInNetwork groups={groups} layout={layout} total={total} unit={unit} />
                <Twin summary="Network as a table">{() => <FlowTable url={url} flows={groups} unit={unit} />}</Twin>
              </>
            )}
          </Told>
        )}
      </Told>
    </DrawnPage>
  )
}

/** How much of what is counted the lines are. */
function NotInNetwork({groups, layout, total, unit}: {groups: Aggregate["groups"]; layout: Aggregate["groups"]; total: number; unit: string}) {
  const placed = new Set(layout.flatMap(({dyad}) => [...dyad!]))
  const drawn = groups.filter(({dyad}) => dyad![0] !== dyad![1] && dyad!.every(party => placed.has(party)))
  const own = groups.filter(({dyad}) => dyad![0] === dyad![1])
  const parts = [
    `${drawn.length.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} dyads are drawn, the busiest`,
    own.length > 0 && `${own.length} within one country stand in the table`,
  ].filter(part => part !== false)
  return (
    <p class="aside placed">
      {parts.join("; ")}. One of the {unit} counts in each of its dyads.
    </p>
  )
}
