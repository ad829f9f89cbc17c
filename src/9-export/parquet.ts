import {createReadStream, createWriteStream} from "node:fs"
import {rm} from "node:fs/promises"
import {join} from "node:path"
import {Readable} from "node:stream"
import {pipeline} from "node:stream/promises"
import {CoderError} from "../0-records/index.ts"
import {jsonl} from "./jsonl.ts"
import type {Layout, RowKind} from "./layout.ts"

/** Apache Parquet, zstd, with the nested fields of docs/event-record.md as typed structs and lists. Written by DuckDB. */
export const parquet: Layout = {
  name: "parquet",
  about: "Apache Parquet with typed, nested columns",
  ending: "parquet",
  media: "application/vnd.apache.parquet",
  isMixed: false,
  isBinary: true,
  isDataset: false,
  async *write(rows, {kind, scratch, wrote}) {
    if (!scratch) throw new CoderError("output-failed", "Cannot write Parquet: no scratch folder was given")
    const lines = join(scratch, "rows.jsonl")
    const table = join(scratch, "rows.parquet")
    try {
      await pipeline(Readable.from(jsonl.write(rows, {kind, ...(wrote && {wrote})})), createWriteStream(lines))
      await convert(lines, table, schemas[kind])
      yield* createReadStream(table) as AsyncIterable<Uint8Array>
    } finally {
      await Promise.all([lines, table].map(path => rm(path, {force: true})))
    }
  },
}

/** Loaded when first used, since it takes longer than the rest of the program to start. */
async function convert(lines: string, table: string, schema: Schema): Promise<void> {
  const {DuckDBInstance} = await import("@duckdb/node-api")
  const instance = await DuckDBInstance.create(":memory:", {threads: "1", autoinstall_known_extensions: "false"})
  const connection = await instance.connect()
  try {
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = ${literal(schema)}, maximum_object_size = ${maxRowBytes}))
       TO ${quoted(table)} (FORMAT parquet, COMPRESSION zstd)`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** DuckDB's own default of 16 MiB is less than one very long sentence makes. */
const maxRowBytes = 1 << 30

type Schema = Readonly<Record<string, string>>

const struct = (fields: Schema) =>
  `STRUCT(${Object.entries(fields)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(", ")})`

const words = {text: "VARCHAR", start: "INTEGER", end: "INTEGER"}
const actor = struct({
  ...words,
  name: "VARCHAR",
  kind: "VARCHAR",
  country: "VARCHAR",
  sector: "VARCHAR",
  code: "VARCHAR",
  basis: "VARCHAR",
  via: struct(words),
})
const common = {
  sentence: struct({index: "INTEGER", ...words}),
  confidence: "DOUBLE",
  report: struct({id: "VARCHAR", title: "VARCHAR", url: "VARCHAR", publisher: "VARCHAR", published: "DATE"}),
}
const coder = struct({version: "VARCHAR", model: "VARCHAR", ontology: "VARCHAR", knowledge: "VARCHAR", config: "VARCHAR"})

const schemas: Readonly<Record<RowKind, Schema>> = {
  events: {
    id: "VARCHAR",
    event: "VARCHAR",
    type: "VARCHAR",
    mode: "VARCHAR",
    status: "VARCHAR",
    quad: "UTINYINT",
    intensity: "DOUBLE",
    cameo: "VARCHAR",
    contexts: "VARCHAR[]",
    actors: `${actor}[]`,
    recipients: `${actor}[]`,
    date: struct({from: "DATE", to: "DATE", basis: "VARCHAR", ...words}),
    place: struct({name: "VARCHAR", country: "VARCHAR", lat: "DOUBLE", lon: "DOUBLE", level: "VARCHAR", ...words}),
    trigger: struct(words),
    ...common,
    story: "VARCHAR",
    review: "VARCHAR",
    coder,
  },
  quotes: {id: "VARCHAR", kind: "VARCHAR", content: struct(words), cue: struct(words), speaker: actor, ...common, review: "VARCHAR", coder},
}

const literal = (schema: Schema) =>
  `{${Object.entries(schema)
    .map(([name, type]) => `"${name}": ${quoted(type)}`)
    .join(", ")}}`

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
