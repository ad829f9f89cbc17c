import type {CoderError} from "./problem.ts"

/** The rows of a CSV file (RFC 4180), with the line that each begins on, counted from 1; an empty line is a row of one empty cell. */
function* csvRows(text: string): Generator<{cells: string[]; line: number}> {
  let [cells, line, start]: [string[], number, number] = [[], 1, 1]
  for (const [, quoted, bare, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? bare ?? "")
    line += (quoted?.match(/\n/g)?.length ?? 0) + (end?.endsWith("\n") ? 1 : 0)
    if (end === ",") continue
    yield {cells, line: start}
    ;[cells, start] = [[], line]
    if (end === "") return
  }
}

/**
 * The rows of a CSV file below its header, empty ones left out, checked against its columns.
 *
 * @param columns  those that may be there, in any order; those with `*` must be
 * @param wrong  the error to throw of a line
 */
export function* csvTable(
  text: string,
  columns: readonly string[],
  wrong: (line: number, message: string) => CoderError,
): Generator<{cell: (column: string) => string; line: number}> {
  const [head, ...rows] = csvRows(text)
  const names = head?.cells.map(name => name.trim().toLowerCase()) ?? []
  const known = columns.map(column => column.replace("*", ""))
  const stranger = names.find(name => !known.includes(name))
  if (stranger !== undefined) throw wrong(1, `found the column ${JSON.stringify(stranger)}, expected ${known.join(", ")}`)
  const missing = columns.find(column => column.endsWith("*") && !names.includes(column.slice(0, -1)))
  if (missing) throw wrong(1, `found no column ${JSON.stringify(missing.slice(0, -1))}`)
  for (const {cells, line} of rows) {
    if (cells.every(cell => cell.trim() === "")) continue
    if (cells.length !== names.length) throw wrong(line, `found ${cells.length} cells, expected ${names.length}`)
    yield {line, cell: column => cells[names.indexOf(column)]?.trim() ?? ""}
  }
}
