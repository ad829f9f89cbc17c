import {CoderError, type Problem} from "../0-records/index.ts"
import {byMark, type Decoded, decode, recoder} from "./charset.ts"
import type {Input} from "./format.ts"

/** Most bytes of one report, told as `input-too-large` past it. */
export const mostBytes = 5 * 1024 * 1024

/**
 * The whole of a small input as text, and a warning where characters were lost.
 *
 * @throws CoderError `input-too-large` past `most` bytes, `input-binary`, `text-empty` where there is nothing but white space
 */
export async function wholeText(input: Input, most = mostBytes): Promise<{text: string; problems: Problem[]}> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of input.bytes) {
    size += part.length
    if (size > most) throw new CoderError("input-too-large", `Cannot read ${input.name}: found more than ${most} bytes in one report`, {input: input.name})
    parts.push(part)
  }
  const bytes = Buffer.concat(parts)
  const kind = binaryKind(bytes)
  if (kind) throw new CoderError("input-binary", `Cannot read ${input.name} as text: found ${kind}`, {input: input.name})
  const decoded = decode(bytes, input.charset)
  if (decoded.text.trim() === "") throw new CoderError("text-empty", `Cannot read ${input.name}: found no text`, {input: input.name})
  return {text: decoded.text, problems: lost(decoded, {input: input.name})}
}

/** A line with its number from 1; `bytes` is `null` where it is longer than `most`. */
export type Line = {readonly number: number; readonly bytes: Uint8Array | null}

/** Cuts bytes at line feeds, holding no more than one line. UTF-16 with a byte order mark becomes UTF-8 first. */
export async function* lines(bytes: AsyncIterable<Uint8Array>, most = mostBytes): AsyncGenerator<Line> {
  let held: Uint8Array[] = []
  let size = 0
  let number = 1
  const whole = (): Line => ({number: number++, bytes: size > most ? null : Buffer.concat(held)})
  for await (const part of asUtf8(bytes)) {
    let from = 0
    for (let feed = part.indexOf(0x0a); feed >= 0; feed = part.indexOf(0x0a, from)) {
      hold(part.subarray(from, feed))
      yield whole()
      held = []
      size = 0
      from = feed + 1
    }
    hold(part.subarray(from))
  }
  if (size > 0) yield whole()

  function hold(piece: Uint8Array) {
    size += piece.length
    if (size > most) held = []
    else if (piece.length > 0) held.push(piece)
  }
}

/** Bytes of which the first are known already. */
export type Peeked = {
  /** The first bytes, up to 64 KiB. */
  readonly head: Uint8Array
  /** All bytes, from the start. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Lets go of what gives the bytes, whether or not they were read. */
  readonly close: () => Promise<void>
}

export async function peek(bytes: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  for (let size = 0; size < 64 * 1024; ) {
    const {done, value} = await iterator.next()
    if (done) break
    parts.push(value)
    size += value.length
  }
  const head = Buffer.concat(parts).subarray(0, 64 * 1024)
  const close = async () => void (await iterator.return?.())
  async function* again() {
    try {
      yield* parts.splice(0)
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await close()
    }
  }
  return {head, bytes: again(), close}
}

/** Warnings for characters that could not be read. */
export function lost({replaced, charset}: Decoded, place: Problem["place"]): Problem[] {
  if (replaced === 0) return []
  const message = `Cannot read ${replaced} character${replaced === 1 ? "" : "s"} of ${place.input ?? "the input"} as ${charset}: they stand as U+FFFD`
  return [{code: "text-replaced", message, place, isWarning: true}]
}

/** What a file that is no text is, by its first bytes; `undefined` for text. */
export function binaryKind(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1")
  const [, kind] = magic.find(([start]) => head.startsWith(start)) ?? []
  if (kind) return kind
  if (byMark(bytes)) return undefined
  return bytes.subarray(0, 8192).includes(0) ? "bytes of value 0" : undefined
}

/** First bytes of files that people hand in by mistake. */
const magic: readonly (readonly [string, string])[] = [
  ["%PDF", "a PDF"],
  ["PK\u0003\u0004", "a zip archive or an office document"],
  ["\u0089PNG", "a PNG image"],
  ["\u00ff\u00d8\u00ff", "a JPEG image"],
  ["GIF8", "a GIF image"],
  ["\u00d0\u00cf\u0011\u00e0", "an office document"],
  ["{\\rtf", "an RTF document"],
  ["\u007fELF", "a program"],
  ["PAR1", "a Parquet table"],
  ["\u0028\u00b5\u002f\u00fd", "a zstd archive"],
  ["BZh", "a bzip2 archive"],
  ["7z\u00bc\u00af", "a 7z archive"],
]

/** Bytes of a charset, by default the one that their byte order mark says, as UTF-8 without a mark. */
export async function* asUtf8(bytes: AsyncIterable<Uint8Array>, charset?: string): AsyncGenerator<Uint8Array> {
  let recode: ((part?: Uint8Array) => string) | undefined
  let isFirst = true
  for await (const part of bytes) {
    const mark = isFirst ? byMark(part) : undefined
    const from = isFirst ? (mark ?? charset ?? "utf-8") : "utf-8"
    if (from !== "utf-8") recode = recoder(from)
    yield recode ? Buffer.from(recode(part)) : mark ? part.subarray(3) : part
    isFirst = false
  }
  if (recode) yield Buffer.from(recode())
}
