import {nameOf} from "../countries.ts"
import {withFilters} from "../query.ts"
import type {Places} from "../records.ts"
import {NumberCells, NumberHeads} from "./numbers.tsx"

/** The map's places in words: each leads to its events. */
export function PlaceTable({url, where: {points, countries}, unit}: {url: URL; where: Places; unit: string}) {
  const rows = [...points, ...countries].toSorted((one, other) => other.count - one.count)
  if (rows.length === 0) return <p class="empty">No place is told in what the filters let pass.</p>
  return (
    <table class="table is-narrow places">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Known as</th>
          <NumberHeads names={[unit, "cooperation", "conflict"]} />
        </tr>
      </thead>
      <tbody>
        {rows.map(({name, country, level, lat, lon, count, cooperation, conflict}) => (
          <tr key={`${name}${lat}${lon}`}>
            <th scope="row">
              <a href={withFilters(url, {place: lat === null ? country : name}, "/explore")}>
                <bdi>{lat === null ? nameOf(name) : name}</bdi>
              </a>
              {lat !== null && country && <span class="aside"> {nameOf(country)}</span>}
            </th>
            <td>{lat === null ? "country or a part of it" : level}</td>
            <NumberCells cells={{[unit]: count, cooperation, conflict}} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
