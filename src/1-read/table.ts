import {createWriteStream, existsSync} from "node:fs"
import {mkdtemp, rm, symlink} from "node:fs/promises"
import {tmpdir} from "node:os"
import {join, resolve} from "node:path"
import {Readable} from "node:stream"
import {pipeline} from "node:stream/promises"
import type {DuckDBConnection} from "@duckdb/node-api"
import {CoderError, type Place, type Problem, problemOf, type Source} from "../0-records/index.ts"
import {asUtf8, peek} from "./bytes.ts"
import {decode} from "./charset.ts"
import type {Format, FormatName, Input, RowOptions} from "./format.ts"
import {columnsOf, sourceOf} from "./row.ts"

export const csv: Format = table("csv", [".csv"], ["text/csv"], "comma-separated values with a header; --columns names the columns where they are not obvious")
export const tsv: Format = table("tsv", [".tsv", ".tab"], ["text/tab-separated-values"], "tab-separated values with a header, otherwise as csv")
export const parquet: Format = table("parquet", [".parquet"], ["application/vnd.apache.parquet"], "a Parquet table, columns as in csv")

/** How DuckDB scans each kind of table. Rows that it cannot cut are kept in `reject_errors`; every value is text. */
const scans: Partial<Record<FormatName, string>> = {
  csv: "read_csv(?, header = true, all_varchar = true, store_rejects = true, max_line_size = 8388608)",
  tsv: "read_csv(?, header = true, delim = '\t', all_varchar = true, store_rejects = true, max_line_size = 8388608)",
  parquet: "read_parquet(?)",
}

function table(name: FormatName, extensions: readonly string[], types: readonly string[], about: string): Format {
  return {name, extensions, types, about, read: (input, options) => readTable(input, options, scans[name] ?? "")}
}

/** Reads a table row by row, in its order; `place.line` counts rows from 1, the header aside. */
async function* readTable(input: Input, {columns: named}: RowOptions, scan: string): AsyncGenerator<Source | Problem> {
  const {DuckDBInstance} = await import("@duckdb/node-api")
  const folder = await mkdtemp(join(tmpdir(), "communique-"))
  const instance = await DuckDBInstance.create(":memory:", {threads: "1", autoinstall_known_extensions: "false", autoload_known_extensions: "false"})
  const connection = await instance.connect()
  try {
    const path = await onDisk(input, folder, scan !== scans.parquet)
    yield* rows(connection, scan, path, named, {input: input.name})
    if (scan.includes("store_rejects")) yield* rejects(connection, {input: input.name})
  } catch (error) {
    if (error instanceof CoderError) throw error
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "").slice(0, 200) : ""
    throw new CoderError("input-unreadable", `Cannot read ${input.name} as a table: ${reason}`, {input: input.name}, {cause: error})
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(folder, {recursive: true, force: true})
  }
}

async function* rows(connection: DuckDBConnection, scan: string, path: string, named: RowOptions["columns"], place: Place): AsyncGenerator<Source | Problem> {
  const head = await connection.runAndReadAll(`describe select * from ${scan}`, [path])
  const columns = columnsOf(
    head.getRows().map(([name]) => String(name)),
    named,
    place,
  )
  const fields = Object.entries(columns).map(([field, column]) => `cast("${column.replaceAll('"', '""')}" as varchar) as "${field}"`)
  const result = await connection.stream(`select ${fields.join(", ")} from ${scan}`, [path])
  const own = Object.fromEntries(Object.keys(columns).map(field => [field, field]))
  let line = 0
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRowObjects(result.deduplicatedColumnNames())) {
      const at = {...place, line: ++line}
      try {
        yield sourceOf(row, own, at)
      } catch (error) {
        if (!(error instanceof CoderError)) throw error
        yield problemOf(error, at)
      }
    }
  }
}

async function* rejects(connection: DuckDBConnection, place: Place): AsyncGenerator<Problem> {
  const found = await connection.runAndReadAll("select line, any_value(error_message) from reject_errors group by line order by line")
  for (const [line, message] of found.getRows()) {
    const at = {...place, line: Number(line)}
    yield problemOf(new CoderError("row-unreadable", `Cannot read the row: ${String(message).split("\n")[0]?.slice(0, 200)}`, at))
  }
}

/** A path that DuckDB takes for one file: it reads UTF-8 from disk only, and takes `*`, `?` and `[` for patterns. */
async function onDisk(input: Input, folder: string, isText: boolean): Promise<string> {
  const path = join(folder, "table")
  const {head, bytes, close} = await peek(input.bytes)
  const {charset} = isText ? decode(head) : {charset: "utf-8"}
  if (charset !== "utf-8") await pipeline(Readable.from(asUtf8(bytes, charset)), createWriteStream(path))
  else if (input.path === undefined) await pipeline(Readable.from(bytes), createWriteStream(path))
  else if (/[*?[\]{}]/.test(input.path)) await symlink(resolve(input.path), path)
  await close()
  return existsSync(path) || input.path === undefined ? path : input.path
}
