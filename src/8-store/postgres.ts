import type {Client, ClientBase, Pool} from "pg"
import {CoderError, type ProblemCode} from "../0-records/index.ts"
import {type Database, inserts, type Row, type Session, turns, type Value} from "./database.ts"
import {openDuckDB, writeWhole} from "./duckdb.ts"
import {migrate} from "./migrate.ts"

/** Loaded when first used, as DuckDB is. */
const postgres = async () => (await import("pg")).default

/** Says whether a store's name is an address of PostgreSQL. */
export const isPostgres = (path: string) => /^postgres(?:ql)?:/i.test(path)

/**
 * Opens a database of a PostgreSQL server, whose tables are in the schema that comes first in the role's `search_path`.
 *
 * Writers of all processes come one after another, by an advisory lock; readers see the last commit and wait for nobody.
 *
 * @param address  `postgres://user@host:port/database`; what it leaves out is taken from PGPASSWORD and its kin, or a password file
 * @throws CoderError `store-unreadable`, whose message never holds the password; `store-busy` where the server has no connection left
 */
export async function openPostgres(address: string): Promise<Database> {
  const {Pool, Client} = await postgres()
  const config = {connectionString: address, connectionTimeoutMillis: 10_000, application_name: "communique", keepAlive: true, types: {getTypeParser: parserOf}}
  const name = nameOf(() => new Client(config))
  // A process that has nothing else to do may end, as with a file.
  const pool = new Pool({...config, max: 8, allowExitOnIdle: true, onConnect: settle})
  // A connection that breaks while nobody uses it is replaced by the next who asks.
  pool.on("error", () => {})
  await expectUnicode(pool, name).catch(async error => {
    await pool.end()
    throw cannotOpen(name, error)
  })
  const inTurn = turns()

  const reading: Session["all"] = async (sql, values) => {
    try {
      return await all(pool, sql, values)
    } catch (error) {
      throw failed(name, error)
    }
  }

  const connected = () =>
    pool.connect().catch(error => {
      throw failed(name, error)
    })

  async function writing<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const client = await connected()
    let broken: Error | undefined
    try {
      await client.query("BEGIN")
      await client.query(`SELECT pg_advisory_xact_lock(${writersLock})`)
      const result = await work(sessionOf(client))
      await client.query("COMMIT")
      return result
    } catch (error) {
      await client.query("ROLLBACK").catch((lost: Error) => {
        broken = lost
      })
      throw failed(name, error)
    } finally {
      client.release(broken)
    }
  }

  return {
    usesIndexes: true,
    all: reading,
    insert: (table, columns, rows) => inTurn(() => writing(session => session.insert(table, columns, rows))),
    transaction: work => inTurn(() => writing(work)),
    backup: to =>
      writeWhole(to, async part => {
        const client = await connected()
        try {
          await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
          await copyAll(client, part)
        } catch (error) {
          throw failed(name, error)
        } finally {
          await client.query("ROLLBACK").catch(() => {})
          client.release()
        }
      }),
    rewrite: async () => {
      for (const {name: table} of await reading("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()"))
        await reading(`VACUUM FULL "${table}"`)
    },
    close: async () => {
      await inTurn(() => Promise.resolve())
      await pool.end()
    },
  }
}

/** Any number will do that no other program locks in the same database. */
const writersLock = 6_661_717

/** Days and JSON stay as they are written; whole numbers and floating ones are numbers. */
function parserOf(oid: number): (text: string) => Value {
  if (oid === types.boolean) return text => text === "t"
  if (types.lists.includes(oid)) return text => text.slice(1, -1).split(",").filter(Boolean).map(Number)
  return types.numbers.includes(oid) ? Number : text => text
}

/** Type numbers, as pg_type lists them: int2, int4, float4, float8; lists of int4 and int8. */
const types = {boolean: 16, numbers: [21, 23, 700, 701], lists: [1007, 1016]}

async function settle(client: ClientBase): Promise<void> {
  // What breaks under a question is told by the question; without a listener the error would end the process.
  client.on("error", () => {})
  // Acknowledged means on disk, whatever the server's own setting.
  await client.query("SET synchronous_commit = on; SET TIME ZONE 'UTC'; SET datestyle = ISO; SET client_min_messages = warning")
}

async function expectUnicode(pool: Pool, name: string): Promise<void> {
  const [row] = await all(pool, "SELECT current_setting('server_encoding') AS encoding, current_setting('server_version_num')::INTEGER AS version")
  if (row?.encoding !== "UTF8")
    throw new CoderError("store-unreadable", `Cannot open the store ${name}: found a database in ${row?.encoding}, expected one in UTF8`)
  if (Number(row.version) < 120_000)
    throw new CoderError("store-unreadable", `Cannot open the store ${name}: found a server of version ${Number(row.version) / 10_000}, expected 12 or later`)
}

type Asked = {query: (config: {text: string; values: Value[]}) => Promise<{rows: unknown[]}>}

async function all(at: Asked, sql: string, values: readonly Value[] = []): Promise<Row[]> {
  const {rows} = await at.query({text: definition(sql), values: [...values]})
  return rows as Row[]
}

/** Texts are compared and sorted by their bytes, as DuckDB does, whatever the database's own order. */
function definition(sql: string): string {
  return /^\s*(?:CREATE TABLE|ALTER TABLE)\b/i.test(sql) ? sql.replace(/\bVARCHAR\b/g, 'VARCHAR COLLATE "C"') : sql
}

function sessionOf(client: ClientBase): Session {
  return {
    usesIndexes: true,
    all: (sql, values) => all(client, sql, values),
    async insert(table, columns, rows) {
      for (const {sql, values} of inserts(table, columns, rows)) await all(client, sql, values)
    },
  }
}

/** Copies every row into a new DuckDB file, some at a time. */
async function copyAll(client: ClientBase, path: string): Promise<void> {
  const copy = await openDuckDB(path)
  try {
    await migrate(copy)
    const tables = await copy.all("SELECT table_name AS name FROM information_schema.tables WHERE table_name <> 'store' ORDER BY 1")
    for (const {name} of tables) {
      const columns = (
        await all(client, `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1`, [name!])
      ).map(row => String(row.name))
      await client.query(`DECLARE rows NO SCROLL CURSOR FOR SELECT * FROM ${name}`)
      for (;;) {
        const rows = await all(client, "FETCH 5000 FROM rows")
        if (rows.length === 0) break
        await copy.insert(
          String(name),
          columns,
          rows.map(row => columns.map(column => row[column] ?? null)),
        )
      }
      await client.query("CLOSE rows")
    }
    await copy.all("CHECKPOINT")
  } finally {
    await copy.close()
  }
}

/** An address as it may be printed: without its password. */
function nameOf(client: () => Client): string {
  try {
    const {user, host, port, database} = client()
    return JSON.stringify(`postgres://${user ?? ""}@${host}:${port}/${database ?? ""}`)
  } catch {
    throw new CoderError("store-unreadable", "Cannot open the store: found an address that cannot be read, expected postgres://user@host:port/database")
  }
}

type PgError = Error & {readonly code?: string; readonly errors?: readonly Error[]}

function cannotOpen(name: string, error: unknown): unknown {
  if (error instanceof CoderError || !(error instanceof Error)) return error
  const {code = "", errors, message} = error as PgError
  const busy: ProblemCode = code === "53300" || code === "57P03" ? "store-busy" : "store-unreadable"
  const told = message || errors?.map(({message}) => message).join("; ") || code
  const found = /^(?:ECONN|ENOENT|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EACCES)/.test(code)
    ? `no server answers there (${told})`
    : /timeout/i.test(message) && code === ""
      ? "no server answered within 10 seconds"
      : /password must be a string/.test(message)
        ? "the server wants a password; expected it in PGPASSWORD, or in the address"
        : told
  return new CoderError(busy, `Cannot open the store ${name}: ${found}`, {}, {cause: error})
}

function failed(name: string, error: unknown): unknown {
  if (error instanceof CoderError || !(error instanceof Error)) return error
  const {code} = error as PgError
  // Wrong SQL (class 42, but for missing rights) is a fault of this program, as is an error of no server and no network.
  if (code === undefined ? !/connection|timeout/i.test(error.message) : /^42/.test(code) && code !== "42501") return error
  const message = error.message || (error as PgError).errors?.map(({message}) => message).join("; ") || code
  return new CoderError("store-failed", `Cannot work on the store ${name}: ${message}`, {}, {cause: error})
}
