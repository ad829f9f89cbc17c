import {addDays, type Day} from "../0-records/index.ts"
import {countryCodes} from "./crosswalk.ts"
import {type Dated, datedDeeds, dealsOf} from "./deeds.ts"
import type {Layout, LayoutOptions, Row} from "./layout.ts"

const header = [
  ...["day", "actor", "recipient", "actor_cow", "recipient_cow", "actor_gw", "recipient_gw"],
  ...["events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "intensity_sum", "intensity_mean", "reports"],
]

/** A panel of directed dyads of countries: a row for each dyad and day, zeros filled. Columns: docs/export.md. */
export const panel: Layout = {
  name: "panel",
  about: "a dyad-day panel of countries for R, zeros filled, COW and GW codes",
  ending: "panel.csv",
  media: "text/csv",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, options) {
    const {dyads, first, last} = await cellsOf(rows, options)
    yield `${header.join(",")}\n`
    const from = options.days?.since ?? first
    const to = options.days?.until ?? last
    if (from === undefined || to === undefined) return
    const known = await options.reportDays?.()
    const reports = known && new Map(known.map(({day, reports}) => [day, reports]))
    for (const [name, cells] of [...dyads].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const [actor = "", recipient = ""] = name.split(" ")
      const [one, other] = [countryCodes(actor), countryCodes(recipient)]
      const codes = [actor, recipient, one?.cow, other?.cow, one?.gw, other?.gw].map(code => code ?? "").join(",")
      for (let day = from; day <= to; day = addDays(day, 1)) {
        yield `${day},${codes},${countsOf(cells.get(day))},${reports ? (reports.get(day) ?? 0) : ""}\n`
        options.wrote?.(1)
      }
    }
  },
}

/** A dyad's events of a day: of each quad class, and the sum and number of PLOVER's values. */
type Cell = {readonly quads: [number, number, number, number]; intensity: number; measured: number}

type Panel = {readonly dyads: ReadonlyMap<string, ReadonlyMap<Day, Cell>>; readonly first: Day | undefined; readonly last: Day | undefined}

/** Holds a cell for each dyad and day on which something happened, never the events. */
async function cellsOf(rows: AsyncIterable<Row>, options: LayoutOptions): Promise<Panel> {
  const dyads = new Map<string, Map<Day, Cell>>()
  let [first, last]: (Day | undefined)[] = []
  for await (const deed of datedDeeds(rows, options)) {
    const {day, head} = deed
    const isOutside = (options.days?.since !== undefined && day < options.days.since) || (options.days?.until !== undefined && day > options.days.until)
    const names = countriesOf(deed)
    if (names.size === 0 || isOutside) {
      options.leftOut?.(names.size === 0 ? "without two countries" : "ending outside the days")
      continue
    }
    if (first === undefined || day < first) first = day
    if (last === undefined || day > last) last = day
    for (const name of names) {
      const days = dyads.get(name) ?? new Map<Day, Cell>()
      dyads.set(name, days)
      const cell = days.get(day) ?? {quads: [0, 0, 0, 0], intensity: 0, measured: 0}
      days.set(day, cell)
      cell.quads[(head.quad - 1) as 0 | 1 | 2 | 3]++
      if (head.intensity === null) continue
      cell.intensity += head.intensity
      cell.measured++
    }
  }
  return {dyads, first, last}
}

/** Ordered pairs of countries, each once. */
function countriesOf(deed: Dated): Set<string> {
  const names = dealsOf(deed).flatMap(({actor, recipient}) => {
    const isPair = actor?.country && recipient?.country && actor.country !== "IGO" && recipient.country !== "IGO"
    return isPair ? [`${actor.country} ${recipient.country}`] : []
  })
  return new Set(names)
}

function countsOf(cell: Cell | undefined): string {
  if (!cell) return "0,0,0,0,0,0,"
  const {quads, intensity, measured} = cell
  const rounded = (number: number) => Math.round(number * 1000) / 1000
  return [quads.reduce((sum, one) => sum + one), ...quads, rounded(intensity), measured === 0 ? "" : rounded(intensity / measured)].join(",")
}
