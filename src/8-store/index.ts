import {existsSync} from "node:fs"
import {setTimeout as pause} from "node:timers/promises"
import {CoderError} from "../0-records/index.ts"
import {finishForgetting} from "./change.ts"
import {type Database, Gone} from "./database.ts"
import {HeldElsewhere, openDuckDB} from "./duckdb.ts"
import {migrate} from "./migrate.ts"
import {isPostgres, openPostgres} from "./postgres.ts"
import {reachStore, serveStore} from "./share.ts"
import {type Caller, runCall, type Store, storeOf} from "./store.ts"

export {type Added, type Coding, type Kept, keyOf} from "./add.ts"
export {type Aggregate, type Grouping, groupings} from "./aggregate.ts"
export type {Page, Rows, Run, StoredReport} from "./ask.ts"
export type {Change, Forgotten, Stored, Target} from "./change.ts"
export type {Compared, Told} from "./compare.ts"
export type {Corrected, CorrectionQuery} from "./correct.ts"
export {type Facets, facetNames} from "./facets.ts"
export {everyRow} from "./handed.ts"
export type {Places} from "./places.ts"
export {eventFilters, expectQuoteFilters, type Query, quotesOnly, type Who} from "./query.ts"
export {type ReviewOrder, type ReviewQueue, reviewOrders} from "./review.ts"
export type {Ruled, Ruling, ShownEvent} from "./ruling.ts"
export type {Store} from "./store.ts"
export type {ShownStory} from "./stories.ts"

/** How a store is opened. */
export type StoreOptions = {
  /** Whether a file that is not there is made; without it that is an error. */
  readonly make?: boolean
  /** Whether only questions will be asked, so that a file that may not be written will do. */
  readonly isReader?: boolean
  /** Most memory for DuckDB's work and what it keeps of the file, such as `256MB`; where absent it keeps all that it has read, up to most of the machine's. */
  readonly memory?: string
}

/** Whoever answers the calls of this process now. */
type Holder = {readonly call: Caller; readonly close: () => Promise<void>}

/**
 * Opens a store: a DuckDB file, held by one process at a time, or a database of a PostgreSQL server, `postgres://user@host:port/database`.
 *
 * The first to open a file owns it; every other process hands its calls to the owner, and takes the file over
 * when that one ends, however it ends. Calls that were under way then are made again: each does its work once however often it is made.
 *
 * @throws CoderError `store-unreadable` where the file is no store or may not be opened, `store-busy` where another
 *   program holds it and answers no calls
 * @example
 * const store = await openStore("project.duckdb", {make: true})
 * const {rows} = await store.events({dyad: ["CHN", "VEN"], since: "2025-01-01"})
 * await store.close()
 */
export async function openStore(path: string, options: StoreOptions = {}): Promise<Store> {
  let holder: Promise<Holder> | undefined = hold(path, options)
  await holder

  async function call(name: Parameters<Caller>[0], args: readonly unknown[]): Promise<unknown> {
    for (;;) {
      holder ??= hold(path, {...options, make: false})
      const held = holder
      try {
        return await (await held).call(name, args)
      } catch (error) {
        if (!(error instanceof Gone)) throw error
        if (holder === held) holder = undefined
      }
    }
  }

  return storeOf(call, async () => (await holder)?.close())
}

/** Twenty seconds in all: a killed owner's lock goes at once, a stopping one needs as long as its last write. */
const attempts = 400
const pauseMs = 50

async function hold(path: string, {make = false, isReader = false, memory}: StoreOptions): Promise<Holder> {
  if (isPostgres(path)) return connect(path, {make, isReader})
  const isFile = path !== ":memory:"
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (isFile && !make && !existsSync(path)) throw new CoderError("store-unreadable", `Cannot open the store ${JSON.stringify(path)}: found no such file`)
    try {
      return await own(path, isFile, {isReader, memory})
    } catch (error) {
      if (!(error instanceof HeldElsewhere)) throw error
    }
    const remote = await reachStore(path)
    if (remote) return {call: remote.call, close: async () => remote.close()}
    await pause(pauseMs)
  }
  throw new CoderError("store-busy", `Cannot open the store ${JSON.stringify(path)}: another program holds the file and answers no calls`)
}

async function own(path: string, isFile: boolean, {isReader, memory}: {readonly isReader: boolean; readonly memory: string | undefined}): Promise<Holder> {
  const {database, isReadOnly} = await openFile(path, isReader)
  try {
    if (!isReadOnly) {
      await migrate(database)
      await finishForgetting(database)
    }
    // An upgrade takes what it needs.
    if (memory !== undefined) await database.all(`SET memory_limit = '${memory}'`)
    const owner = isFile && !isReadOnly ? await serveStore(path, database) : undefined
    return {
      call: (name, args) => runCall(database, name, args),
      async close() {
        await owner?.stop()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function connect(address: string, {make, isReader}: {make: boolean; isReader: boolean}): Promise<Holder> {
  const database = await openPostgres(address)
  try {
    await migrate(database, {make})
    if (!isReader) await finishForgetting(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return {call: (name, args) => runCall(database, name, args), close: database.close}
}

async function openFile(path: string, isReader: boolean): Promise<{database: Database; isReadOnly: boolean}> {
  try {
    return {database: await openDuckDB(path), isReadOnly: false}
  } catch (error) {
    const isForbidden = error instanceof CoderError && /permission denied|read-only file/i.test(error.message)
    if (!isReader || !isForbidden) throw error
    return {database: await openDuckDB(path, {isReadOnly: true}), isReadOnly: true}
  }
}
