import {
  addDays,
  type Copy,
  type Days,
  daysAround,
  type Gathered,
  groups,
  type Named,
  type Near,
  type Nearby,
  type Placed,
  type Profile,
  type Sketch,
  stretchesOf,
  type Telling,
  type Wanted,
} from "../0-records/index.ts"

/** Most tellings, reports and copies that one is compared with. */
const most = {tellings: 400, reports: 80, copies: 8} as const

/** Keys of a telling that others are looked for by. */
const mostKeys = 10

/** Days between two tellings of one deed, and between two reports of one affair, at most. */
const reach = {tellings: 4, reports: 6} as const

const around = ({from, to}: Days, days: number): Days => ({from: addDays(from, -days), to: addDays(to, days)})

const meets = (one: Days, {from, to}: Days) => one.from <= to && one.to >= from

/** Says what to ask a store for, so that `neighbourhood` finds all that is near any of these reports. */
export function wanted(batch: readonly (Sketch & {readonly report: number})[]): Wanted {
  const kinds = new Map<string, {type: string; outcome: string; key: string; days: (Days | null)[]}>()
  for (const {tellings} of batch) {
    for (const telling of tellings) {
      const {type, outcome, keys} = telling
      const days = daysAround(telling)
      for (const key of keys.slice(0, mostKeys)) {
        const name = nameOf(telling, key)
        const kind = kinds.get(name) ?? {type, outcome, key, days: []}
        kinds.set(name, kind)
        kind.days.push(days && around(days, reach.tellings))
      }
    }
  }
  return {
    reports: batch.map(({report}) => report),
    bands: batch.flatMap(({report, bands}) => bands.map(band => ({report, band}))),
    tellings: [...kinds.values()].flatMap(({days, ...kind}): Wanted["tellings"][number][] => {
      const told = days.filter(days => days !== null)
      return told.length < days.length ? [{...kind, days: null}] : stretchesOf(told).map(days => ({...kind, days}))
    }),
    published: stretchesOf(batch.flatMap(({profile: {published}}) => (published === null ? [] : [around({from: published, to: published}, reach.reports)]))),
  }
}

const nameOf = ({type, outcome}: Telling, key: string) => `${type}|${outcome}|${key}`

/** What is near the reports of a batch: what a store has of it, and those of the batch that were gathered before. */
export type Neighbourhood = {
  readonly near: (report: number, sketch: Sketch) => Near
  /** Lets a report that was gathered stand there for those after it. */
  readonly place: (gathered: Gathered, text: string) => void
}

export function neighbourhood({copies, shared, tellings, reports, rulings, setApart}: Nearby): Neighbourhood {
  const [placed, known, texts] = [placedTellings(tellings), knownReports(reports), sharedTexts(copies, shared)]
  return {
    near(report, {bands, tellings, profile}) {
      const own = new Set(tellings.map(({id}) => id))
      const ruled = rulings.flatMap(({kind, one, other}) => {
        const number = one.report === report && own.has(one.id) ? placed.numberOf(other) : undefined
        return number === undefined ? [] : [{kind, pair: [one.id, number] as const}]
      })
      const found = new Map<number, Placed>()
      for (const telling of tellings) for (const one of placed.near(telling)) found.set(one.number, one)
      for (const {
        pair: [, number],
      } of ruled)
        found.set(number, placed.get(number))
      const pairs = (of: "merge" | "split") => ruled.filter(({kind}) => kind === of).map(({pair}) => pair)
      return {
        copies: texts.near(report, bands),
        tellings: [...found.values()].sort((a, b) => a.number - b.number).map(placed.now),
        reports: known.near(profile),
        together: pairs("merge"),
        apart: pairs("split"),
        setApart: setApart.flatMap(one => placed.numberOf(one) ?? []),
      }
    },
    place(gathered, text) {
      const {report, bands, copyOf, profile} = gathered
      placed.place(gathered)
      known.place({report, ...profile})
      texts.place({report, text, copyOf: copyOf?.report ?? report}, bands)
    },
  }
}

function placedTellings(stored: readonly Placed[]) {
  type Standing = {readonly placed: Placed; readonly days: Days | null}
  const byNumber = new Map<number, Placed>()
  const numbers = new Map<string, number>()
  const deeds = groups()
  /** Of each type, outcome and key, by number. */
  const byName = new Map<string, Standing[]>()
  const add = (placed: Placed) => {
    const {number, report, telling} = placed
    byNumber.set(number, placed)
    numbers.set(`${report} ${telling.id}`, number)
    const standing = {placed, days: daysAround(telling)}
    for (const key of telling.keys) {
      const name = nameOf(telling, key)
      const list = byName.get(name)
      if (!list) byName.set(name, [standing])
      else list.splice(list.findLastIndex(one => one.placed.number < number) + 1, 0, standing)
    }
  }
  for (const one of stored) add(one)
  return {
    get: (number: number) => byNumber.get(number)!,
    /** `undefined` where it is not gathered yet. */
    numberOf: ({report, id, number}: Named) => number ?? numbers.get(`${report} ${id}`),
    /** With the deed that it is of by now. */
    now: (one: Placed) => (deeds.of(one.deed) === one.deed ? one : {...one, deed: deeds.of(one.deed)}),
    /** The latest that may be of the same deed. */
    near(telling: Telling): Placed[] {
      const own = daysAround(telling)
      const days = own && around(own, reach.tellings)
      const found = new Set<Placed>()
      for (const key of telling.keys.slice(0, mostKeys)) {
        const list = byName.get(nameOf(telling, key)) ?? []
        for (let at = list.length - 1, left: number = most.tellings; at >= 0 && left > 0; at--) {
          const one = list[at]!
          if (days && !(one.days && meets(one.days, days))) continue
          found.add(one.placed)
          left--
        }
      }
      return [...found].sort((a, b) => b.number - a.number).slice(0, most.tellings)
    },
    place({report, tellings}: Gathered) {
      for (const {telling, number} of tellings) add({telling, number, report, deed: number})
      for (const {number, joins} of tellings) for (const join of joins) deeds.join(number, byNumber.get(join)!.deed)
    },
  }
}

function knownReports(stored: Nearby["reports"]) {
  type Known = Nearby["reports"][number]
  const known: {readonly report: Known; readonly day: number | null}[] = []
  /** Where those with a key stand in `known`. */
  const byKey = new Map<string, number[]>()
  const dayOf = ({published}: Profile) => (published === null ? null : Date.parse(published) / 86_400_000)
  const place = (report: Known) => {
    for (const key of report.keys) {
      const places = byKey.get(key)
      if (places) places.push(known.length)
      else byKey.set(key, [known.length])
    }
    known.push({report, day: dayOf(report)})
  }
  for (const one of stored) place(one)
  return {
    place,
    /** Those of the same days that share most keys; the latest of several. */
    near(profile: Profile): Known[] {
      const own = dayOf(profile)
      if (own === null) return []
      const shared = new Uint8Array(known.length)
      const found: number[] = []
      for (const key of profile.keys) {
        for (const at of byKey.get(key) ?? []) {
          const {day} = known[at]!
          if (day !== null && Math.abs(day - own) <= reach.reports && shared[at]!++ === 0) found.push(at)
        }
      }
      return mostShared(found, shared).map(at => known[at]!.report)
    },
  }
  function mostShared(found: readonly number[], shared: Uint8Array): number[] {
    const having = (least: number) => found.filter(at => shared[at]! >= least)
    let [least, chosen] = [3, having(3)]
    while (chosen.length < most.reports && least > 1) chosen = having(--least)
    return chosen.sort((a, b) => shared[b]! - shared[a]! || known[b]!.report.report - known[a]!.report.report).slice(0, most.reports)
  }
}

function sharedTexts(stored: readonly Copy[], shared: Nearby["shared"]) {
  const copies = new Map(stored.map(copy => [copy.report, copy]))
  const byReport = new Map<number, Map<number, number>>()
  for (const {report, copy, bands} of shared) byReport.set(report, (byReport.get(report) ?? new Map<number, number>()).set(copy, bands))
  const byBand = new Map<number, number[]>()
  return {
    near(report: number, bands: readonly number[]): Copy[] {
      const counts = new Map(byReport.get(report))
      for (const band of bands) for (const other of byBand.get(band) ?? []) counts.set(other, (counts.get(other) ?? 0) + 1)
      return [...counts]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, most.copies)
        .map(([other]) => copies.get(other)!)
        .sort((a, b) => a.report - b.report)
    },
    place(copy: Copy, bands: readonly number[]) {
      copies.set(copy.report, copy)
      for (const band of bands) byBand.set(band, [...(byBand.get(band) ?? []), copy.report])
    },
  }
}
