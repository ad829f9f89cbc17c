/** The rows of a CSV file (RFC 4180), with the line that each begins on, counted from 1; an empty line is a row of one empty cell. */
export function* csvRows(text: string): Generator<{cells: string[]; line: number}> {
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
