import {useMemo, useState} from "preact/hooks"
import {go, useAddress, withQuery} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {countries, nameOf, unshaped} from "../countries.ts"
import {WorldMap} from "../parts/drawings.ts"
import {DrawnPage} from "../parts/drawn-page.tsx"
import {Choice, Nothing} from "../parts/filters.tsx"
import {dyadHref, FlowTable} from "../parts/flow-table.tsx"
import {PlaceTable} from "../parts/place-table.tsx"
import {Told} from "../parts/states.tsx"
import {TimeSlider} from "../parts/time-slider.tsx"
import {Twin} from "../parts/twin.tsx"
import type {View} from "../parts/world-map.tsx"
import {apiQuery, withFilters} from "../query.ts"
import type {Aggregate, Places} from "../records.ts"

/** Most dyads that are drawn, and most points. */
const mostFlows = 150
const mostPoints = 1000

/** `/map`: where it happened, and who deals with whom, from capital to capital. */
export function MapPage() {
  const url = useAddress()
  const {searchParams} = url
  const unit = searchParams.get("unit") ?? "events"
  const by = searchParams.get("by") ?? "week"
  const show = searchParams.get("show") ?? "both"
  const places = useAnswer<Places>(`/api/v1/places?${apiQuery(searchParams, {unit, limit: `${mostPoints}`})}`)
  const dyads = useAnswer<Aggregate>(`/api/v1/dyads?${apiQuery(searchParams, {unit, limit: `${mostFlows}`})}`)
  const [box, setBox] = useState<string | null>(null)
  const groups = dyads.state === "here" ? dyads.value.groups : nothing
  // The same list until the answer is another: the marks shall not be made anew whenever the map is moved.
  const flows = useMemo(() => groups.filter(({dyad}) => dyad?.every(party => countries.get(party)?.capital)), [groups])
  const shown = <Choice url={url} name="show" label="What is drawn" values={{both: "places and dyads", places: "places", dyads: "dyads"}} />
  return (
    <DrawnPage title="Map" url={url} unit={unit} counted={places} choices={shown}>
      <Told answer={places}>
        {where => (
          <Told answer={dyads}>
            {({total}) => (
              <>
                <WorldMap
                  label="Map of what the filters let pass; the table below says the same"
                  unit={unit}
                  places={show === "dyads" ? null : where}
                  flows={show === "places" ? nothing : flows}
                  view={viewOf(searchParams.get("view"))}
                  choosePlace={place => go(withFilters(url, {place}))}
                  chooseDyad={dyad => go(dyadHref(url, dyad))}
                  moved={({lon, lat, zoom}, sight) => {
                    go(withQuery({view: `${lon},${lat},${zoom}`}), {isStep: false})
                    setBox(sight)
                  }}
                />
                <p class="time-legend aside">
                  <span class="swatch is-cooperation" /> mostly cooperation, filled or solid <span class="swatch is-conflict" /> mostly conflict, hatched,
                  ringed or dashed. {box !== null && <a href={withFilters(url, {box})}>Only points in sight</a>}
                </p>
                <TimeSlider url={url} by={by} unit={unit} />
                {where.count.count === 0 && <Nothing count={where.count} />}
                <NotOnMap where={where} unit={unit} />
                <Twin summary="Places as a table">{() => <PlaceTable url={url} where={where} unit={unit} />}</Twin>
                <Twin summary="Dyads as a table">
                  {() => (
                    <>
                      <FlowTable url={url} flows={flows} unit={unit} />
                      {flows.length < total && (
                        <p class="aside">
                          {flows.length} of {total.toLocaleString("en-GB")} dyads are drawn: the busiest, where both sides are countries. An event counts in
                          each of its dyads.
                        </p>
                      )}
                    </>
                  )}
                </Twin>
              </>
            )}
          </Told>
        )}
      </Told>
      <p class="aside">Borders and coasts by Natural Earth, places by GeoNames; both lie on this server.</p>
    </DrawnPage>
  )
}

const nothing: readonly never[] = []

function viewOf(written: string | null): View | null {
  const [lon, lat, zoom] = (written ?? "").split(",").map(Number)
  if (written === null || lon === undefined || lat === undefined || zoom === undefined) return null
  return [lon, lat, zoom].every(Number.isFinite) && Math.abs(lat) <= 90 ? {lon, lat, zoom} : null
}

/** What is counted and is no mark on the map. */
function NotOnMap({where: {points, countries: told, more, elsewhere, unplaced}, unit}: {where: Places; unit: string}) {
  const sum = (some: readonly {count: number}[]) => some.reduce((total, {count}) => total + count, 0)
  const [shaded, tooSmall] = [told.filter(({country}) => !unshaped.has(country!)), told.filter(({country}) => unshaped.has(country!))]
  const parts = [
    `${sum(points).toLocaleString("en-GB")} at ${points.length.toLocaleString("en-GB")} points`,
    `${sum(shaded).toLocaleString("en-GB")} told of ${shaded.length} countries or parts of them${shaded.length > 0 ? `, most of ${nameOf(shaded[0]!.country!)}` : ""}`,
    tooSmall.length > 0 && `${sum(tooSmall)} told of ${tooSmall.map(({country}) => nameOf(country!)).join(", ")}, too small to shade`,
    more > 0 && `${more.toLocaleString("en-GB")} at lesser points, not drawn`,
    elsewhere > 0 && `${elsewhere.toLocaleString("en-GB")} at sea or where no country is known, not drawn`,
    unplaced > 0 && `${unplaced.toLocaleString("en-GB")} without a place, not drawn`,
  ].filter(part => part !== false)
  return (
    <p class="aside placed">
      {parts.join("; ")} ({unit}).
    </p>
  )
}
