import {createReadStream} from "node:fs"
import {CoderError, type Place, type Problem, type ProblemCode} from "../0-records/index.ts"
import {lines, mostBytes} from "../1-read/index.ts"

/** An object of a JSON Lines input, not yet looked into. */
export type InputRow = {readonly value: Readonly<Record<string, unknown>>; readonly place: Place}

/** Reads the objects of JSON Lines files, `-` being standard input. A line that is no object gives a problem with `code`; empty lines are passed over. */
export async function* readRows(inputs: readonly string[], code: ProblemCode): AsyncGenerator<InputRow | Problem> {
  for (const input of inputs) {
    try {
      for await (const {number, bytes} of lines(input === "-" ? process.stdin : createReadStream(input))) {
        const place = {input, line: number}
        const row = bytes ? readRow(bytes, place, code) : problem("input-too-large", `Cannot read the row: found more than ${mostBytes} bytes`, place)
        if (row) yield row
      }
    } catch (error) {
      const {code: cause, message} = error as NodeJS.ErrnoException
      if (!cause) throw error
      const isMissing = cause === "ENOENT" || cause === "ENOTDIR"
      const found = isMissing ? "found no such file" : message
      yield problem(isMissing ? "input-missing" : "input-unreadable", `Cannot read ${JSON.stringify(input)}: ${found}`, {input})
    }
  }
}

function readRow(bytes: Uint8Array, place: Place, code: ProblemCode): InputRow | Problem | undefined {
  let found = "bytes that are no UTF-8"
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes).trim()
    if (text === "") return undefined
    found = JSON.stringify(text.slice(0, 60))
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return {value: value as InputRow["value"], place}
  } catch {
    // Told below, together with JSON that is no object.
  }
  return problem(code, `Cannot read the row: found ${found}, expected a JSON object`, place)
}

const problem = (code: ProblemCode, message: string, place: Place): Problem => ({code, message, place, isWarning: false})

/** Reads the fields of a row, with errors that name the field. */
export function fieldsOf({value}: InputRow, code: ProblemCode) {
  const wrong = (field: string, expected: string) =>
    new CoderError(
      code,
      `Cannot read ${JSON.stringify(field)} of the row: found ${(JSON.stringify(value[field]) ?? "nothing").slice(0, 60)}, expected ${expected}`,
    )
  return {
    /** As it stands, `null` where absent: rows may be numbered or named. */
    id(): string | number | null {
      const id = value.id ?? null
      if (id === null || typeof id === "string" || typeof id === "number") return id
      throw wrong("id", "a string or a number")
    },
    text(field: string): string {
      const text = value[field]
      if (typeof text === "string" && text.trim() !== "") return text
      throw wrong(field, "a text that is not empty")
    },
    optionalText(field: string): string | undefined {
      const text = value[field] ?? undefined
      if (text === undefined || typeof text === "string") return text
      throw wrong(field, "a text")
    },
    /** Start and end of some words of `text`, in code points. */
    span(field: string, text: string): [number, number] {
      const span = value[field]
      if (
        Array.isArray(span) &&
        span.length === 2 &&
        span.every(at => Number.isSafeInteger(at)) &&
        span[0] >= 0 &&
        span[0] < span[1] &&
        span[1] <= Array.from(text).length
      )
        return [span[0], span[1]]
      throw wrong(field, "[start, end], code points of the text with start before end")
    },
  }
}
