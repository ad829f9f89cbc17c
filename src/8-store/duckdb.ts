import {existsSync, realpathSync} from "node:fs"
import {open, rename, rm} from "node:fs/promises"
import {basename, dirname, join} from "node:path"
import type {DuckDBConnection, DuckDBInstance, DuckDBType} from "@duckdb/node-api"
import {CoderError} from "../0-records/index.ts"
import {type Database, Gone, type Row, type Session, turns, type Value} from "./database.ts"

/** Loaded when first used, since it takes longer than the rest of the program to start. */
const duckdb = () => import("@duckdb/node-api")

/** Another process holds the file: whoever asks has to ask it. */
export class HeldElsewhere extends Error {}

/** Files that this process has open: DuckDB's lock keeps other processes out, not this one, and is dropped with the first handle that is closed. */
const opened = new Set<string>()

function placeOf(path: string): string | undefined {
  if (path === ":memory:") return undefined
  return existsSync(path) ? realpathSync(path) : join(existsSync(dirname(path)) ? realpathSync(dirname(path)) : dirname(path), basename(path))
}

/**
 * Opens a DuckDB file, or makes it.
 *
 * Nothing but DuckDB may open the file while this process lives: closing any other handle on it would drop DuckDB's lock.
 *
 * @throws HeldElsewhere where another process, or this one, has it open; CoderError `store-unreadable`
 */
export async function openDuckDB(path: string, {isReadOnly = false}: {isReadOnly?: boolean} = {}): Promise<Database> {
  const place = placeOf(path)
  if (place !== undefined && opened.has(place)) throw new HeldElsewhere()
  if (place !== undefined) opened.add(place)
  const leave = () => place !== undefined && opened.delete(place)
  let instance = await openInstance(path, isReadOnly).catch(error => {
    leave()
    throw error
  })
  let writer = await instance.connect()
  let isLost = false
  const oneByOne = turns()

  /** Writers come one after another. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    return oneByOne(() => {
      if (isLost) throw new Gone()
      return work()
    })
  }

  const readers = new Set<Promise<unknown>>()
  let swapped: Promise<void> | undefined

  /** Readers run beside each other and beside a writer; only where the file is swapped they wait. */
  async function reading<Result>(work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    while (swapped) await swapped.catch(() => {})
    if (isLost) throw new Gone()
    const reads = (async () => {
      const connection = await instance.connect()
      try {
        return await work(connection)
      } catch (error) {
        throw failed(path, error)
      } finally {
        connection.closeSync()
      }
    })()
    const done = reads.catch(() => {})
    readers.add(done)
    done.then(() => readers.delete(done))
    return reads
  }

  async function swap(copy: string): Promise<void> {
    await Promise.all(readers)
    writer.closeSync()
    instance.closeSync()
    await rename(copy, path)
    await rm(`${path}.wal`, {force: true})
    await syncFolder(path)
    try {
      instance = await openInstance(path, isReadOnly)
      writer = await instance.connect()
    } catch (error) {
      isLost = true
      leave()
      // Another process may have been quicker; it owns the file now.
      throw error instanceof HeldElsewhere ? new Gone() : error
    }
  }

  const database: Database = {
    usesIndexes: false,
    all: (sql, values) => reading(connection => all(connection, sql, values)),
    insert: (table, columns, rows) => database.transaction(session => session.insert(table, columns, rows)),
    transaction: work =>
      inTurn(async () => {
        try {
          await writer.run("BEGIN TRANSACTION")
          const result = await work(sessionOf(writer))
          await writer.run("COMMIT")
          return result
        } catch (error) {
          // After a failed write DuckDB may have ended the transaction, or refuse all that follows; the first error is the one to tell.
          await writer.run("ROLLBACK").catch(() => {})
          throw failed(path, error)
        }
      }),
    backup: to =>
      inTurn(async () => {
        await writeWhole(to, part => writeCopy(writer, path, part))
      }),
    rewrite: () =>
      inTurn(async () => {
        // What stands in memory alone has no file.
        if (place === undefined) return
        const copy = `${path}.rewritten`
        await writeCopy(writer, path, copy)
        swapped = swap(copy).finally(() => {
          swapped = undefined
        })
        await swapped
      }),
    close: async () => {
      await oneByOne(async () => {})
      await Promise.all(readers)
      if (isLost) return
      isLost = true
      writer.closeSync()
      instance.closeSync()
      leave()
    },
  }
  return database
}

function sessionOf(connection: DuckDBConnection): Session {
  return {
    usesIndexes: false,
    all: (sql, values) => all(connection, sql, values),
    insert: (table, columns, rows) => insert(connection, table, columns, rows),
  }
}

async function all(connection: DuckDBConnection, sql: string, values: readonly Value[] = []): Promise<Row[]> {
  const {INTEGER, BIGINT, LIST, listValue} = await duckdb()
  // Whole numbers go in as such: a column compared with a floating one cannot be skipped by its least and greatest value.
  const typeOf = (value: Value) =>
    isList(value) ? LIST(BIGINT) : typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? INTEGER : undefined
  const given = values.map(value => (isList(value) ? listValue(value.map(BigInt)) : value))
  const reader = await connection.runAndReadAll(sql, given, values.map(typeOf) as DuckDBType[])
  return reader.getRowObjectsJson() as Row[]
}

/** Rows that go in by one statement. */
const mostRows = 5000

/** Rows go in as one text, which DuckDB takes apart many times as quickly as it binds single values; each column's type says what a text in it is. */
async function insert(connection: DuckDBConnection, table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<void> {
  const cells = columns.map((_, at) => `w[${at + 1}]`).join(", ")
  const sql = `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${cells} FROM (SELECT unnest(from_json($1, '[["VARCHAR"]]')) AS w) r`
  for (let at = 0; at < rows.length; at += mostRows) await all(connection, sql, [textOf(rows.slice(at, at + mostRows))])
}

/** Half of a surrogate pair, which no UTF-8 can hold, becomes U+FFFD, as where values are bound. */
function textOf(rows: readonly (readonly Value[])[]): string {
  const text = JSON.stringify(rows)
  return text.includes("\\ud") ? JSON.stringify(rows.map(row => row.map(value => (typeof value === "string" ? value.toWellFormed() : value)))) : text
}

const isList = (value: Value): value is readonly number[] => Array.isArray(value)

/** Copies all tables into a file that is whole and on disk when this returns. */
async function writeCopy(connection: DuckDBConnection, from: string, to: string): Promise<void> {
  await rm(to, {force: true})
  await rm(`${to}.wal`, {force: true})
  try {
    const [row] = await all(connection, "SELECT current_database() AS name")
    await connection.run(`ATTACH ${quoted(to)} AS copied`)
    await connection.run(`COPY FROM DATABASE "${String(row?.name).replaceAll('"', '""')}" TO copied`)
    await connection.run("CHECKPOINT copied")
    await connection.run("DETACH copied")
  } catch (error) {
    await connection.run("DETACH copied").catch(() => {})
    await rm(to, {force: true})
    throw failed(from, error)
  }
}

/** Lets `write` make a file that appears under its name when it is whole and on disk. */
export async function writeWhole(to: string, write: (part: string) => Promise<void>): Promise<void> {
  if (existsSync(to)) throw new CoderError("output-failed", `Cannot write ${JSON.stringify(to)}: found a file of that name, expected none`)
  const part = `${to}.part`
  for (const left of [part, `${part}.wal`]) await rm(left, {force: true})
  await write(part)
  await rename(part, to)
  await syncFolder(to)
}

/** A new name in a folder is only sure to be there once the folder itself is on disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path))
  await folder.sync().catch(() => {})
  await folder.close()
}

const settings = {autoinstall_known_extensions: "false", autoload_known_extensions: "false"}

async function openInstance(path: string, isReadOnly: boolean): Promise<DuckDBInstance> {
  try {
    const {DuckDBInstance} = await duckdb()
    return await DuckDBInstance.create(path, {...settings, ...(isReadOnly && {access_mode: "READ_ONLY"})})
  } catch (error) {
    if (/set lock on file|used by another process/i.test(String(error))) throw new HeldElsewhere()
    throw new CoderError("store-unreadable", `Cannot open the store ${JSON.stringify(path)}: ${firstLine(error)}`, {}, {cause: error})
  }
}

function failed(path: string, error: unknown): unknown {
  // Wrong SQL is a fault of this program, and no user can mend it.
  if (error instanceof CoderError || error instanceof Gone || /^(Binder|Parser|Catalog) Error/.test(messageOf(error))) return error
  return error instanceof Error && error.constructor === Error
    ? new CoderError("store-failed", `Cannot work on the store ${JSON.stringify(path)}: ${firstLine(error)}`, {}, {cause: error})
    : error
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const firstLine = (error: unknown) => messageOf(error).split("\n")[0]!

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
