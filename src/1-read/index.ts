import {createReadStream} from "node:fs"
import {stat} from "node:fs/promises"
import {extname} from "node:path"
import {pipeline} from "node:stream/promises"
import {createGunzip} from "node:zlib"
import {CoderError, type Problem, problemOf, type Source} from "../0-records/index.ts"
import {peek} from "./bytes.ts"
import {feed} from "./feed.ts"
import {type Fetcher, type FetchSettings, openFetcher} from "./fetch.ts"
import {filesBelow} from "./folder.ts"
import {type Format, type FormatName, type Input, isProblem} from "./format.ts"
import {html} from "./html.ts"
import {json} from "./json.ts"
import {jsonl} from "./jsonl.ts"
import {markdown} from "./markdown.ts"
import {sniff} from "./sniff.ts"
import {csv, parquet, tsv} from "./table.ts"
import {text} from "./text.ts"
import {warc} from "./warc.ts"

export {lines, mostBytes} from "./bytes.ts"
export {filesBelow} from "./folder.ts"
export {type FetchSettings, type Format, type FormatName, isProblem}

/** The formats that inputs come in. A new one is a file and a line here. */
export const formats: readonly Format[] = [text, markdown, html, jsonl, json, csv, tsv, parquet, feed, warc]

export type ReadOptions = {
  /** The format of all inputs; by default each one's extension or media type tells, else how it begins. */
  readonly as?: FormatName
  /** Our field → their column, for rows of tables and JSON. */
  readonly columns?: Readonly<Record<string, string>>
  /** The day of inputs that state none, in any form that room 2 reads. */
  readonly published?: string
  /** What the input "-" reads. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Ends the reading before the next report. */
  readonly signal?: AbortSignal
  readonly fetch?: FetchSettings
}

/**
 * Reads reports from files, folders, addresses and "-", in the order given, one at a time.
 *
 * An input or a row that cannot be read is yielded as a problem, and the rest goes on; `isProblem` tells the two apart.
 */
export async function* read(inputs: readonly string[], options: ReadOptions = {}): AsyncGenerator<Source | Problem> {
  const {published, signal} = options
  let fetcher: Promise<Fetcher> | undefined
  const fetch = async (address: string) => {
    fetcher ??= openFetcher(options.fetch ?? {})
    return (await fetcher).fetch(address, signal)
  }
  try {
    for (const name of inputs) {
      for await (const found of readInput(name, options, fetch)) {
        if (signal?.aborted) return
        yield isProblem(found) || published === undefined ? found : {...found, publishedDefault: published}
      }
    }
  } finally {
    await (await fetcher)?.close()
  }
}

async function* readInput(name: string, options: ReadOptions, fetch: Fetcher["fetch"]): AsyncGenerator<Source | Problem> {
  try {
    if (name === "-") {
      if (!options.stdin) throw new CoderError("input-missing", "Cannot read standard input: found none")
      yield* readStream({name, bytes: options.stdin}, undefined, options)
    } else if (/^https?:\/\//i.test(name)) {
      yield* readAddress(name, options, fetch)
    } else if ((await stat(name)).isDirectory()) {
      yield* readFolder(name, options)
    } else {
      yield* readFile(name, options)
    }
  } catch (error) {
    yield problemOf(asCoderError(error, name), {input: name})
  }
}

async function* readAddress(name: string, options: ReadOptions, fetch: Fetcher["fetch"]): AsyncGenerator<Source | Problem> {
  if (!URL.canParse(name)) throw new CoderError("fetch-refused", `Cannot fetch ${name.slice(0, 200)}: it is no address`)
  const {url, type, charset, bytes} = await fetch(name)
  const [named] = [formats.find(({types}) => types.includes(type)), formatOf(new URL(url).pathname)].filter(format => format !== undefined)
  // servers say text/plain of anything, so that how it begins is believed
  const format = type === "text/plain" || type === "" ? undefined : named
  yield* readStream({name, bytes: once(bytes), url, ...(charset ? {charset} : {})}, format, options)
}

async function* readFolder(folder: string, options: ReadOptions): AsyncGenerator<Source | Problem> {
  const unknown = new Map<string, number>()
  let count = 0
  for await (const path of filesBelow(folder)) {
    const extension = extname(path).toLowerCase()
    if (options.as === undefined && !formatOf(path)) {
      unknown.set(extension, (unknown.get(extension) ?? 0) + 1)
      continue
    }
    count++
    try {
      yield* readFile(path, options)
    } catch (error) {
      yield problemOf(asCoderError(error, path), {input: path})
    }
  }
  const left = [...unknown].map(([extension, files]) => `${files} of ${extension || "no extension"}`).join(", ")
  const known = formats.flatMap(({extensions}) => extensions).join(" ")
  if (count === 0) throw new CoderError("input-missing", `Cannot read ${folder}: found ${left || "no file"}, expected files of ${known}`)
  if (left)
    yield {code: "format-unknown", message: `Cannot read some files of ${folder}: left out ${left}, expected ${known}`, place: {input: folder}, isWarning: true}
}

async function* readFile(path: string, options: ReadOptions): AsyncGenerator<Source | Problem> {
  const {head, bytes} = await peek(createReadStream(path))
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  const input = isGzip ? {name: path, bytes: unzipped(bytes)} : {name: path, bytes, path}
  yield* readStream(input, formatOf(path), options)
}

async function* readStream(input: Input, format: Format | undefined, options: ReadOptions): AsyncGenerator<Source | Problem> {
  const {head, bytes, close} = await peek(input.bytes)
  try {
    const name = options.as ?? format?.name ?? sniff(head)
    const reader = formats.find(each => each.name === name)
    if (!reader) throw new CoderError("format-unknown", `Cannot read ${input.name} as ${name}: expected one of ${formats.map(each => each.name).join(", ")}`)
    let count = 0
    for await (const found of reader.read({...input, bytes}, {columns: options.columns ?? {}})) {
      count++
      yield found
    }
    if (count === 0) throw new CoderError("text-empty", `Cannot read ${input.name}: found no report in it`)
  } finally {
    await close()
  }
}

/** The format that a name's extension tells. */
function formatOf(name: string): Format | undefined {
  const extension = extname(name.toLowerCase().replace(/\.gz$/, ""))
  return formats.find(({extensions}) => extensions.includes(extension))
}

async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // what breaks the pipeline breaks the reading of its end
  pipeline(bytes, gunzip).catch(() => undefined)
  yield* gunzip
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What the file system and zlib say, in this program's words. */
function asCoderError(error: unknown, name: string): CoderError {
  if (error instanceof CoderError) return error
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (code === "ENOENT" || code === "ENOTDIR") return new CoderError("input-missing", `Cannot read ${name}: found no such file or folder`)
  if (/^(?:E[A-Z]+|Z_.*)$/.test(code))
    return new CoderError("input-unreadable", `Cannot read ${name}: ${error instanceof Error ? error.message.slice(0, 200) : code}`, {}, {cause: error})
  throw error
}
