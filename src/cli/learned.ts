import {existsSync, mkdirSync, readFileSync, renameSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {type Actor, CoderError, type Day} from "../0-records/index.ts"
import {identify, type Knowledge, keyOf, ownRows} from "../5-resolve/index.ts"
import type {Store} from "../8-store/index.ts"

/** Somebody whose country and part reports state in the words beside the name: "Kenyan Foreign Minister Grace Wafula". */
export type Learned = {
  readonly name: string
  readonly country: string
  readonly sector: string
  /** The days of the first and the last report that state it. */
  readonly from: Day
  readonly to: Day
  readonly reports: number
  /** The words and the report that stated it first. */
  readonly words: string
  readonly report: string
  /** What the tables say of the name on the first day: nothing, or something else. */
  readonly tables: string | null
}

const page = 1000

/** All that a store's reports state of persons and the tables do not know, the most reported first. */
export async function learnedFrom(store: Store, knowledge: Knowledge): Promise<Learned[]> {
  const found = new Map<string, Omit<Learned, "tables" | "reports"> & {reports: Set<string>}>()
  const tell = (actor: Actor, {id, published}: {readonly id: string; readonly published: Day | null}) => {
    const {name, country, sector, kind, basis, text} = actor
    const isStated = basis === "stated" && kind === "person" && country !== null && sector !== null && published !== null
    if (!isStated || !/^\p{Lu}\S* (?:\S+ )*\p{Lu}\S*$/u.test(name) || !text.includes(name) || text === name) return
    const key = [keyOf(name), country, sector].join("|")
    const known = found.get(key)
    const isFirst = !known || published < known.from
    found.set(key, {
      ...(isFirst ? {name, country, sector, words: text, report: id, from: published} : known),
      to: known && known.to > published ? known.to : published,
      reports: (known?.reports ?? new Set()).add(id),
    })
  }
  for (const read of [store.mentions, store.quotes] as const) {
    let after: string | null = null
    do {
      const {rows, next}: Awaited<ReturnType<typeof read>> = await read(read === store.mentions ? {status: "all"} : {}, {
        limit: page,
        ...(after !== null && {after}),
      })
      for (const row of rows)
        for (const actor of "actors" in row ? [...row.actors, ...row.recipients] : row.speaker ? [row.speaker] : []) tell(actor, row.report)
      after = next
    } while (after !== null)
  }
  return [...found.values()]
    .flatMap(({reports, ...one}) => {
      const known = identify({text: one.name, date: one.from}, knowledge)
      const isKnown = known?.country === one.country && known.sector === one.sector
      return isKnown ? [] : [{...one, reports: reports.size, tables: known?.code ?? null}]
    })
    .sort((a, b) => b.reports - a.reports || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.from < b.from ? -1 : 1))
}

const columns = ["name", "aliases", "kind", "country", "sector", "from", "to", "report", "words"] as const

/**
 * Puts what was learned into `learned.csv` of a folder of own lists, each from the day of the report that states it first.
 * What the list holds of a name in the same country and part stays as it is.
 *
 * @returns how many rows were new
 */
export function accept(chosen: readonly Learned[], folder: string): number {
  const path = join(folder, "learned.csv")
  const rows = existsSync(path) ? [...ownRows(readFileSync(path, "utf8"), path, columns)].map(({cell}) => columns.map(cell)) : []
  const keyOfRow = ([name = "", , , country, sector]: readonly string[]) => [keyOf(name), country, sector].join("|")
  const known = new Set(rows.map(keyOfRow))
  const added = chosen
    .map(({name, country, sector, from, report, words}) => [name, "", "person", country, sector, from, "", report, words])
    .filter(row => !known.has(keyOfRow(row)))
  const all = [...rows, ...added].sort((a, b) => (a.join() < b.join() ? -1 : 1))
  try {
    mkdirSync(folder, {recursive: true})
    writeFileSync(`${path}.part`, [columns, ...all].map(row => `${row.map(quoted).join(",")}\n`).join(""))
    renameSync(`${path}.part`, path)
  } catch (cause) {
    throw new CoderError("output-failed", `Cannot write the list: ${cause instanceof Error ? cause.message : cause}`, {input: path}, {cause})
  }
  return added.length
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
