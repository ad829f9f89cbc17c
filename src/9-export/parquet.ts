import {createReadStream, createWriteStream} from "node:fs"
import {rm} from "node:fs/promises"
import {join} from "node:path"
import {Readable} from "node:stream"
import {pipeline} from "node:stream/promises"
import {CoderError} from "../0-records/index.ts"
import {type Columns, eventColumns, quoteColumns} from "./csv.ts"
import {type Pair, pairsOf} from "./deeds.ts"
import {jsonl} from "./jsonl.ts"
import {isEvent, type Layout, type LayoutOptions, type Row, type RowKind} from "./layout.ts"

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
    yield* tableOf(jsonl.write(rows, {kind, ...(wrote && {wrote})}), scratch, schemas[kind])
  },
}

/** Parquet of flat columns with the names of `csv`: a row for each mention and ordered pair of its sides, or for each quote. */
export const parquetFlat: Layout = {
  name: "parquet-flat",
  about: "Apache Parquet with flat, typed columns: an ordered pair of sides a row",
  ending: "flat.parquet",
  media: "application/vnd.apache.parquet",
  isMixed: false,
  isBinary: true,
  isDataset: false,
  async *write(rows, {kind, scratch, wrote}) {
    yield* tableOf(flatLines(rows, wrote), scratch, kind === "events" ? {...typesOf(eventColumns), pair: "INTEGER"} : typesOf(quoteColumns))
  },
}

async function* flatLines(rows: AsyncIterable<Row>, wrote: LayoutOptions["wrote"]): AsyncGenerator<string> {
  const flat = <Kind>(row: Kind, columns: Columns<Kind>) => Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, value(row)]))
  for await (const row of rows) {
    const told = pairsOrNone(row).map(({actor, recipient}, at) =>
      isEvent(row)
        ? {...flat({...row, actors: actor ? [actor] : [], recipients: recipient ? [recipient] : []}, eventColumns), pair: at + 1}
        : flat(row, quoteColumns),
    )
    wrote?.(told.length)
    for (const one of told) yield `${JSON.stringify(one)}\n`
  }
}

/** A mention that names no side, and a quote, have a row all the same. */
function pairsOrNone(row: Row): Pair[] {
  const pairs = isEvent(row) ? pairsOf(row) : []
  return pairs.length > 0 ? pairs : [{actor: null, recipient: null}]
}

const typesOf = (columns: object): Schema => Object.fromEntries(Object.keys(columns).map(name => [name, flatTypes.find(([form]) => form.test(name))![1]]))

const flatTypes: readonly (readonly [RegExp, string])[] = [
  [/_(?:start|end|index)$/, "INTEGER"],
  [/^quad$/, "UTINYINT"],
  [/^(?:intensity|confidence|place_lat|place_lon)$/, "DOUBLE"],
  [/^(?:date_from|date_to|published)$/, "DATE"],
  [/^/, "VARCHAR"],
]

async function* tableOf(rows: AsyncIterable<string | Uint8Array>, scratch: string | undefined, schema: Schema): AsyncGenerator<Uint8Array> {
  if (!scratch) throw new CoderError("output-failed", "Cannot write Parquet: no scratch folder was given")
  const lines = join(scratch, "rows.jsonl")
  const table = join(scratch, "rows.parquet")
  try {
    let longest = 0
    const measured = async function* () {
      for await (const row of rows) {
        longest = Math.max(longest, Buffer.byteLength(row))
        yield row
      }
    }
    await pipeline(Readable.from(measured()), createWriteStream(lines))
    await convert(lines, table, schema, longest)
    yield* createReadStream(table) as AsyncIterable<Uint8Array>
  } finally {
    await Promise.all([lines, table].map(path => rm(path, {force: true})))
  }
}

/** Loaded when first used, since it takes longer than the rest of the program to start. */
async function convert(lines: string, table: string, schema: Schema, longest: number): Promise<void> {
  const {DuckDBInstance} = await import("@duckdb/node-api")
  const instance = await DuckDBInstance.create(":memory:", {threads: "1", autoinstall_known_extensions: "false"})
  const connection = await instance.connect()
  try {
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(lines)}, format = 'newline_delimited', columns = ${literal(schema)}, maximum_object_size = ${Math.max(leastBuffer, longest + 1)}))
       TO ${quoted(table)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows})`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Bytes; DuckDB reads as much at once, and DuckDB's own default of 16 MiB is less than one very long sentence makes. */
const leastBuffer = 1 << 24

/** Rows that are held before they are written. */
const groupRows = 20_480

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
