import type {Group} from "../../src/0-records/index.ts"
import {nameOf} from "../countries.ts"
import {withFilters} from "../query.ts"
import {writeIntensity} from "../words.ts"
import {NumberCells, NumberHeads} from "./numbers.tsx"

/** Who does how much to whom, in words: each row leads to the dyad's page. */
export function FlowTable({url, flows, unit}: {url: URL; flows: readonly Group[]; unit: string}) {
  if (flows.length === 0) return <p class="empty">No dyad is told in what the filters let pass.</p>
  return (
    <table class="table is-narrow flows">
      <thead>
        <tr>
          <th scope="col">Who to whom</th>
          <NumberHeads names={[unit, "cooperation", "conflict", "mean intensity"]} />
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
            <NumberCells cells={{[unit]: count, cooperation, conflict, "mean intensity": meanIntensity === null ? "–" : writeIntensity(meanIntensity)}} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The dyad's page, with the days and other filters that hold now. */
export const dyadHref = (url: URL, [one, other]: readonly [string, string]) =>
  withFilters(url, {view: null, show: null, draw: null, side: null, dyad: null}, `/dyad/${encodeURIComponent(one)}/${encodeURIComponent(other)}`)
