import type {Group} from "../../src/0-records/index.ts"
import {nameOf} from "../countries.ts"
import {withFilters} from "../query.ts"
import {writeIntensity} from "../words.ts"

/** Who does how much to whom, in words: each row leads to the dyad's page. */
export function FlowTable({url, flows, unit}: {url: URL; flows: readonly Group[]; unit: string}) {
  if (flows.length === 0) return <p class="empty">No dyad is told in what the filters let pass.</p>
  return (
    <table class="table is-narrow flows">
      <thead>
        <tr>
          <th scope="col">Who to whom</th>
          <th scope="col" class="number">
            {unit}
          </th>
          <th scope="col" class="number">
            cooperation
          </th>
          <th scope="col" class="number">
            conflict
          </th>
          <th scope="col" class="number">
            mean intensity
          </th>
        </tr>
      </thead>
      <tbody>
        {flows.map(({key, dyad, count, cooperation, conflict, meanIntensity}) => (
          <tr key={key}>
            <th scope="row">
              <a href={dyadHref(url, dyad!)}>
                <bdi>{nameOf(dyad![0])}</bdi> → <bdi>{nameOf(dyad![1])}</bdi>
              </a>
            </th>
            <td class="number" data-label={unit}>
              {count}
            </td>
            <td class="number" data-label="cooperation">
              {cooperation}
            </td>
            <td class="number" data-label="conflict">
              {conflict}
            </td>
            <td class="number" data-label="mean intensity">
              {meanIntensity === null ? "–" : writeIntensity(meanIntensity)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The dyad's page, with the days and other filters that hold now. */
export const dyadHref = (url: URL, [one, other]: readonly [string, string]) =>
  withFilters(url, {view: null, show: null, draw: null, side: null, dyad: null}, `/dyad/${encodeURIComponent(one)}/${encodeURIComponent(other)}`)
