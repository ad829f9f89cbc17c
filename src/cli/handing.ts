import type {Unit} from "../0-records/index.ts"
import {everyRow, type Query, type Store} from "../8-store/index.ts"
import {type Layout, type LayoutOptions, type Row, withoutWords} from "../9-export/index.ts"
import type {Option} from "./call.ts"
import {count} from "./tell.ts"

/** What `query` and `export` have in common: stored rows, as a layout writes them. */

export const noText: Option = {
  name: "no-text",
  about: "leave out the reports' words: spans stay, sentences and quotes become their sha256; for those who may not hand on texts",
}

/** Events that a layout has no row for, by reason. */
export type Unwritten = Map<string, number>

/** `; 3 events without a day not written` */
export const unwrittenWords = (unwritten: Unwritten) => [...unwritten].map(([reason, events]) => `; ${count(events, "event")} ${reason} not written`).join("")

/** What a layout asks of a store besides rows, and where it tells what it could not write. */
export function layoutOptions(store: Store, query: Query, unit: Unit, unwritten: Unwritten): LayoutOptions {
  const {since, until, ...withoutDays} = query
  return {
    kind: unit === "quotes" ? "quotes" : "events",
    leftOut: reason => void unwritten.set(reason, (unwritten.get(reason) ?? 0) + 1),
    days: {...(since !== undefined && {since}), ...(until !== undefined && {until})},
    reportDays: () => store.reportDays(withoutDays),
  }
}

/** All rows of a query for a layout, without the reports' words where asked; `limit` counts events, mentions or quotes. */
export async function* rowsFor(
  store: Store,
  query: Query,
  {unit, layout, isBare, limit = Number.MAX_SAFE_INTEGER}: {unit: Unit; layout: Layout; isBare: boolean; limit?: number | undefined},
  tally: {rows: number},
): AsyncGenerator<Row> {
  let deed: number | undefined
  const all = everyRow(store, query, {unit, isDeeds: layout.isDataset})
  for await (const row of isBare ? withoutWords(all) : all) {
    const isNext = !("stored" in row) || row.stored.deed !== deed
    if (isNext && tally.rows === limit) return
    if (isNext) tally.rows++
    if ("stored" in row) deed = row.stored.deed
    yield row
  }
}
