// Reading of sources and writing of tables.
import {existsSync, readFileSync, writeFileSync} from "node:fs"

const here = new URL(".", import.meta.url)

/** Rows of a tab-separated source, cells trimmed; lines that start with `#` and empty lines are left out. */
export function rowsOf(source) {
  return readFileSync(new URL(`sources/${source}`, here), "utf8")
    .split("\n")
    .filter(line => line.trim() && !line.startsWith("#"))
    .map(line => line.split("\t").map(cell => cell.trim()))
}

export const hasSource = source => existsSync(new URL(`sources/${source}`, here))

/** The parts of a cell: `a|b|c`. */
export const parts = (cell = "") =>
  cell
    .split("|")
    .map(part => part.trim())
    .filter(Boolean)

/** A nationality with its plural: "Afghan" also "Afghans". Those in -ese, -ish, -ch, -sh, -s, -z, -é and -men have none. */
export const withPlural = word => (/(ese|[ie]sh|ch|s|men|z|é)$/i.test(word) || /^[A-Z.]+$/.test(word) ? [word] : [word, `${word}s`])

/** Writes a small table as columns, which load several times faster than rows; `rows` are arrays in the order of `columns`. */
export function write(path, {about, source, licence, day, columns, rows}) {
  const lists = columns.map((column, at) => `${JSON.stringify(column)}:${JSON.stringify(rows.map(row => row[at] ?? null))}`)
  const head = JSON.stringify({about, source, licence, day}).slice(1, -1)
  writeFileSync(new URL(`../${path}`, here), `{${head},\n"columns":{\n${lists.join(",\n")}\n}}\n`)
  process.stderr.write(`${path}: ${rows.length} rows\n`)
}

/** Writes a large table as lines below a head, the key first, as `sorted` gives them: src/5-resolve/lines.ts searches it as it stands. */
export function writeLines(path, {about, source, licence, day, columns, lines}) {
  const head = JSON.stringify({about, source, licence, day, columns})
  writeFileSync(new URL(`../${path}`, here), [`# ${head}`, ...lines.map(cells => cells.join("\t"))].map(line => `${line}\n`).join(""))
  process.stderr.write(`${path}: ${lines.length} lines\n`)
}

/** As `keyOf` of src/5-resolve/knowledge.ts; test/5-resolve/actor.test.ts holds the two alike. */
export const keyOf = name =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[øłıßđæœðþØŁİĐÆ]/g, letter => apart[letter] ?? letter)
    .toLowerCase()
    .replace(/[.'’‘ʼʻ`"“”]/g, "")
    .replace(/[-–\s]+/g, " ")
    .trim()

/** Lines in order of the UTF-16 units of their keys, each once; lines of one key keep their order. */
export function sorted(lines) {
  const told = lines.map((cells, at) => ({cells, at})).sort((a, b) => (a.cells[0] < b.cells[0] ? -1 : a.cells[0] > b.cells[0] ? 1 : a.at - b.at))
  return [...new Map(told.map(({cells}) => [cells.join("\t"), cells])).values()]
}

const apart = {ø: "o", ł: "l", ı: "i", ß: "ss", đ: "d", æ: "ae", œ: "oe", ð: "d", þ: "th", Ø: "O", Ł: "L", İ: "I", Đ: "D", Æ: "Ae"}
