import {CoderError, type Place, type Problem, problemOf, type Source} from "../0-records/index.ts"
import {binaryKind, lines, lost, mostBytes} from "./bytes.ts"
import {decode} from "./charset.ts"
import type {Format} from "./format.ts"
import {columnsOf, sourceOf} from "./row.ts"

/** JSON Lines: an object a line. Only one line is held at a time. */
export const jsonl: Format = {
  name: "jsonl",
  extensions: [".jsonl", ".ndjson"],
  types: ["application/jsonl", "application/x-ndjson", "application/x-jsonlines"],
  about: 'JSON Lines, one report a line: {"id", "text"|"html", "title"?, "published"?, "url"?, "publisher"?}',
  async *read(input, {columns}) {
    for await (const {number, bytes} of lines(input.bytes)) {
      const place = {input: input.name, line: number}
      if (bytes === null) {
        yield problemOf(new CoderError("input-too-large", `Cannot read line ${number}: found more than ${mostBytes} bytes`, place))
        continue
      }
      const kind = number === 1 ? binaryKind(bytes) : undefined
      if (kind) throw new CoderError("input-binary", `Cannot read ${input.name} as JSON Lines: found ${kind}`, {input: input.name})
      const decoded = decode(bytes)
      if (decoded.text.trim() === "") continue
      yield* lost(decoded, place)
      yield rowOrProblem(() => parsed(decoded.text, place), columns, place)
    }
  },
}

/** The source that a row makes, or the problem that it has. */
export function rowOrProblem(row: () => unknown, columns: Readonly<Record<string, string>>, place: Place): Source | Problem {
  try {
    const value = row()
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new CoderError(
        "row-unreadable",
        `Cannot read the row: found ${value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`}, expected an object`,
        place,
      )
    }
    const record = value as Readonly<Record<string, unknown>>
    return sourceOf(record, rowColumns(record, columns, place), place)
  } catch (error) {
    if (!(error instanceof CoderError)) throw error
    return problemOf(error, place)
  }
}

/** Rows may leave fields out, so that a named column may be absent; the text may not. */
function rowColumns(row: Readonly<Record<string, unknown>>, named: Readonly<Record<string, string>>, place: Place) {
  const have = Object.keys(row).filter(name => row[name] !== null)
  const there = Object.fromEntries(Object.entries(named).filter(([field, name]) => field === "text" || field === "html" || have.includes(name)))
  return columnsOf(have, there, place)
}

function parsed(text: string, place: Place): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 120) : ""
    throw new CoderError("row-unreadable", `Cannot read the row as JSON: ${reason}`, place, {cause: error})
  }
}
