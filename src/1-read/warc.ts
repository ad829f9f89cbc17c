import {brotliDecompressSync, gunzipSync, inflateSync} from "node:zlib"
import {CoderError, type Place, type Problem, problemOf, type Source} from "../0-records/index.ts"
import {lost, mostBytes} from "./bytes.ts"
import {decode} from "./charset.ts"
import type {Format} from "./format.ts"

/** WARC, as CC-NEWS comes: the HTML pages among its response records. */
export const warc: Format = {
  name: "warc",
  extensions: [".warc"],
  types: ["application/warc"],
  about: "a web archive such as CC-NEWS: each HTML page of status 200, with its address",
  async *read(input) {
    let line = 0
    for await (const {header, block} of records(input.bytes, input.name)) {
      line++
      if (!/^warc-type:\s*response\s*$/im.test(header)) continue
      const place = {input: input.name, line}
      try {
        yield* pageOf(header, block, place)
      } catch (error) {
        if (!(error instanceof CoderError)) throw error
        yield problemOf(error, place)
      }
    }
  },
}

/** The page that a response record holds; nothing for other media, redirects and errors. */
function* pageOf(header: string, block: Uint8Array | null, place: Place): Generator<Source | Problem> {
  if (block === null) throw new CoderError("input-too-large", `Cannot read the record: found more than ${mostBytes} bytes`, place)
  const at = Buffer.from(block).indexOf("\r\n\r\n")
  const response = Buffer.from(block.subarray(0, Math.max(at, 0))).toString("latin1")
  const [, media = "", parameters = ""] = /^content-type:\s*([^;\s]+)(.*)$/im.exec(response) ?? []
  if (!/^HTTP\/\S+ 200\b/.test(response) || !/html/i.test(media)) return
  const decoded = decode(decoded200(response, block.subarray(at + 4), place), /charset\s*=\s*"?([\w-]+)/i.exec(parameters)?.[1])
  yield* lost(decoded, place)
  const [, url] = /^warc-target-uri:\s*<?([^\s>]+)/im.exec(header) ?? []
  yield {html: decoded.text, ...(url ? {url} : {}), place}
}

/** Undoes the transfer and content codings, to at most `mostBytes`. */
function decoded200(response: string, body: Uint8Array, place: Place): Uint8Array {
  const plain = /^transfer-encoding:\s*chunked/im.test(response) ? unchunked(body) : body
  const [, coding = ""] = /^content-encoding:\s*(\w+)\s*$/im.exec(response) ?? []
  const undo = {gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync}[coding.toLowerCase()]
  if (!undo) return plain
  try {
    return undo(plain, {maxOutputLength: mostBytes})
  } catch (error) {
    throw new CoderError("input-unreadable", `Cannot decode the record as ${coding}, or it is longer than ${mostBytes} bytes`, place, {cause: error})
  }
}

/** The parts of a chunked body joined; a body that is not chunked after all, as archives often have it, as it is. */
function unchunked(body: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  const bytes = Buffer.from(body)
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf("\r\n", at)
    const size = /^[\da-f]+(?=;|$)/i.exec(bytes.subarray(at, Math.max(end, at)).toString("latin1"))?.[0]
    if (end < 0 || size === undefined) return at === 0 ? body : Buffer.concat(parts)
    const length = Number.parseInt(size, 16)
    parts.push(bytes.subarray(end + 2, end + 2 + length))
    if (length === 0) break
    at = end + 4 + length
  }
  return Buffer.concat(parts)
}

/** A record's header lines and its block; `null` where the block is longer than `mostBytes`. */
type WarcRecord = {readonly header: string; readonly block: Uint8Array | null}

/** Longest header of a record. */
const mostHeader = 64 * 1024

async function* records(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<WarcRecord> {
  const broken = (what: string) => new CoderError("input-unreadable", `Cannot read ${name} as WARC: ${what}`, {input: name})
  let held: Buffer = Buffer.alloc(0)
  let header = ""
  let wanted = -1
  let parts: Uint8Array[] = []
  for await (const part of bytes) {
    held = Buffer.concat([held, part])
    for (;;) {
      if (wanted < 0) {
        // some CC-NEWS files of 2018 count two bytes too few, so that a record may be found a little later
        const start = held.indexOf("WARC/1.")
        const end = start < 0 ? -1 : held.indexOf("\r\n\r\n", start)
        if (end < 0) {
          if (held.length > mostHeader) throw broken("found no record")
          break
        }
        header = held.subarray(start, end).toString("utf8")
        wanted = Number(/^content-length:\s*(\d{1,12})\s*$/im.exec(header)?.[1] ?? Number.NaN)
        if (Number.isNaN(wanted)) throw broken("found a record without its length")
        parts = wanted > mostBytes ? [] : [Buffer.alloc(0)]
        held = held.subarray(end + 4)
      }
      const taken = held.subarray(0, wanted)
      if (parts.length > 0) parts.push(taken)
      wanted -= taken.length
      held = held.subarray(taken.length)
      if (wanted > 0) break
      wanted = -1
      yield {header, block: parts.length > 0 ? Buffer.concat(parts) : null}
    }
  }
  if (wanted > 0) throw broken("the last record is cut off")
}
