import {join} from "node:path"
import {type Kept, openStore, type Store} from "../../src/8-store/index.ts"
import {coding, scratch} from "./coded.ts"
import {hasPostgres, startPostgres} from "./postgres.ts"

/** A kind of store that the tests of a file are run on. */
export type BackEnd = {
  /** The name of a store that is not there yet. */
  readonly fresh: () => Promise<string>
  /** A new store with these reports, coded one after another. */
  readonly storeWith: (...reports: readonly Kept[]) => Promise<Store>
}

const folder = scratch()
const server = hasPostgres ? await startPostgres() : undefined
let files = 0

/** Each kind of store by its name; PostgreSQL where it is installed. To be imported by files whose every case is asked of both. */
export const backEnds: readonly (readonly [string, BackEnd])[] = [
  ["DuckDB", backEnd(async () => join(folder, `${++files}.duckdb`))],
  ...(server ? [["PostgreSQL", backEnd(server.database)] as const] : []),
]

function backEnd(fresh: BackEnd["fresh"]): BackEnd {
  return {
    fresh,
    async storeWith(...reports) {
      const store = await openStore(await fresh(), {make: true})
      for (const report of reports) await store.add(report, coding)
      return store
    },
  }
}
