import {createHash} from "node:crypto"
import {mkdir, stat} from "node:fs/promises"
import {basename, extname, join} from "node:path"
import {CoderError, type CoderRef, type Unit} from "../0-records/index.ts"
import {openStore, type Query, type Store} from "../8-store/index.ts"
import {type Layout, layouts, type Row} from "../9-export/index.ts"
import {countLine, filters, queryOf} from "./asking.ts"
import type {Call, Option, Verb} from "./call.ts"
import {layoutOptions, noText, rowsFor, type Unwritten, unwrittenWords} from "./handing.ts"
import {watchInterrupt} from "./interrupt.ts"
import {type OtherOntology, ontology, otherOntologyOf, out, quiet, storeOf, storeOption} from "./options.ts"
import {type Output, openOutput, openScratch} from "./output.ts"
import {units} from "./query.ts"
import {count, seconds, tell} from "./tell.ts"

const names = layouts.map(({name}) => name)

const formats: Option = {name: "format", short: "f", takes: "LIST", values: names, isList: true, about: `any of ${names.join(", ")}; default csv`}

export const exporting: Verb = {
  name: "export",
  about: "write all that a store's query lets pass to files, with a manifest",
  inputs: "",
  notes: [
    "--out is a folder, made where there is none, or with one format a file (a name with an ending). Beside the rows stands manifest.json (FILE.manifest.json",
    "beside a file): sha256 and rows of each file, the query, what coded the rows, the reports' publishers and licence, and the time.",
    "The same store and query give the same bytes; the time stands in the manifest alone. Filters are those of query; docs/export.md tells every column.",
  ],
  options: [
    storeOption,
    {...out, takes: "DIR|FILE", about: "where the files go; they appear only when they are whole"},
    formats,
    {name: "show", takes: "UNIT", values: units, about: "events, mentions or quotes; default events"},
    noText,
    ontology,
    {name: "licence", takes: "TEXT", about: "the reports' licence as far as you know it, for the manifest"},
    ...filters,
    quiet,
  ],
  examples: [
    "communique export --store project.duckdb --format csv,gdelt,gdelt-mentions --out release/",
    "communique export --store project.duckdb --format panel --since 2025-01-01 --until 2025-12-31 --out dyads.csv",
    "communique export --store project.duckdb --format gexf --type ASSAULT,COERCE --no-text --out network.gexf",
  ],
  run: async call => {
    const path = storeOf(call)
    const wanted = (call.list("format") ?? ["csv"]).filter((name, at, all) => all.indexOf(name) === at)
    const chosen = wanted.map(name => layouts.find(layout => layout.name === name)!)
    const unit = (call.value("show") ?? "events") as Unit
    const misfit = chosen.find(({isDataset, name}) => unit === "quotes" && (isDataset || name === "geojson"))
    if (misfit) throw new CoderError("call-wrong", `Cannot write quotes as ${misfit.name}: it has no place for them`)
    const query = queryOf(call)
    const other = await otherOntologyOf(call, chosen)
    const places = await placesOf(call, chosen, unit)
    const {signal, exitCode} = watchInterrupt()
    const store = await openStore(path, {isReader: true, memory: exportMemory})
    try {
      const exported = await writeAll(store, query, {unit, places, isBare: call.has("no-text"), other}, signal)
      if (!exported) return exitCode() ?? 1
      const {files, coders, outputs} = exported
      const [counted, publishers] = await Promise.all([store.count(query, unit), store.publishers(query)])
      const manifest = {
        made: new Date().toISOString(),
        store: basename(path),
        unit,
        query,
        words: !call.has("no-text"),
        files: files.map(({layout, file, sha256, bytes, rows, unwritten}) => ({
          file: basename(file),
          format: layout.name,
          sha256,
          bytes,
          rows,
          notWritten: Object.fromEntries(unwritten),
        })),
        count: counted,
        coders,
        ...(other && {ontology: {name: other.name, hash: other.hash}}),
        licence: {reports: call.value("licence") ?? null, places: "GeoNames, CC BY 4.0", types: "PLOVER, CC BY-SA 4.0"},
        publishers,
      }
      const output = await openOutput(places.manifest)
      await output.write(`${JSON.stringify(manifest, null, 2)}\n`)
      for (const one of [...outputs, output]) await one.commit()
      if (call.has("quiet")) return 0
      for (const {file, rows, unwritten} of files) tell(`${file}: ${count(rows, "row")}${unwrittenWords(unwritten)}`)
      tell(`${countLine(counted)} in ${seconds()}`)
      return 0
    } finally {
      await store.close()
    }
  },
}

/** Enough for any page and count: without a limit DuckDB keeps what it has read of the file, and ten million events are no longer handed on in constant memory. */
const exportMemory = "256MB"

type Places = {readonly files: readonly {readonly layout: Layout; readonly file: string}[]; readonly manifest: string}

/** @throws CoderError `call-wrong` where several formats are to go into one file */
async function placesOf(call: Call, chosen: readonly Layout[], unit: Unit): Promise<Places> {
  const given = call.value("out")
  if (given === undefined) throw new CoderError("call-wrong", 'Cannot export to nowhere: expected "--out DIR" or "--out FILE"')
  const standing = await stat(given).catch(() => undefined)
  const isFolder = standing ? standing.isDirectory() : /[/\\]$/.test(given) || extname(given) === ""
  if (!isFolder) {
    if (chosen.length > 1) throw new CoderError("call-wrong", `Cannot write ${chosen.length} formats to the file "${given}": expected a folder`)
    return {files: [{layout: chosen[0]!, file: given}], manifest: `${given}.manifest.json`}
  }
  await mkdir(given, {recursive: true}).catch(cause => {
    throw new CoderError("output-failed", `Cannot make the folder "${given}": ${(cause as Error).message}`, {}, {cause})
  })
  return {files: chosen.map(layout => ({layout, file: join(given, `${unit}.${layout.ending}`)})), manifest: join(given, "manifest.json")}
}

type Written = {
  readonly layout: Layout
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly rows: number
  readonly unwritten: Unwritten
}

/** Writes one file after another, none of which is final yet; nothing where `signal` comes before the end. */
async function writeAll(
  store: Store,
  query: Query,
  {unit, places, isBare, other}: {unit: Unit; places: Places; isBare: boolean; other: OtherOntology | undefined},
  signal: AbortSignal,
): Promise<{files: Written[]; coders: CoderRef[]; outputs: Output[]} | undefined> {
  const coders = new Map<string, CoderRef>()
  async function* noting(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
    for await (const row of rows) {
      const {coder} = row
      coders.set(Object.values(coder).join(" "), coder)
      if (signal.aborted) return
      yield other ? other.recast(row) : row
    }
  }
  const files: Written[] = []
  const outputs: Output[] = []
  try {
    for (const {layout, file} of places.files) {
      const output = await openOutput(file)
      outputs.push(output)
      const unwritten: Unwritten = new Map()
      const hash = createHash("sha256")
      let [bytes, rows] = [0, 0]
      const scratch = layout.isBinary ? await openScratch(file) : undefined
      try {
        const options = {
          ...layoutOptions(store, query, unit, unwritten),
          hasOther: other !== undefined,
          wrote: (more: number) => {
            rows += more
          },
          ...(scratch && {scratch: scratch.folder}),
        }
        const write = async (chunk: Uint8Array) => {
          hash.update(chunk)
          bytes += chunk.byteLength
          await output.write(chunk)
        }
        for await (const chunk of inBlocks(layout.write(noting(rowsFor(store, query, {unit, layout, isBare}, {rows: 0})), options))) await write(chunk)
      } finally {
        await scratch?.close()
      }
      if (signal.aborted) {
        await Promise.all(outputs.map(one => one.abandon()))
        return undefined
      }
      files.push({layout, file, sha256: hash.digest("hex"), bytes, rows, unwritten})
    }
    return {files, coders: [...coders.values()], outputs}
  } catch (error) {
    await Promise.all(outputs.map(one => one.abandon()))
    throw error
  }
}

const blockBytes = 1 << 16

/** Rows are short: one write for each would take longer than making them. */
async function* inBlocks(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk
    held.push(bytes)
    size += bytes.byteLength
    if (size < blockBytes) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
