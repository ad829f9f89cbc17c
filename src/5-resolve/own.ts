import {createHash} from "node:crypto"
import {existsSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {type ActorKind, CoderError, csvTable, type Day, day} from "../0-records/index.ts"
import {type Knowledge, keyOf, longestOf, type Named, type NamedPlace, type Person, plain, type Term} from "./knowledge.ts"

/** The lists that a folder of one's own may hold, with their columns in any order; those with `*` must be there. Docs: docs/knowledge.md. */
export const ownLists = {
  "actors.csv": ["name*", "aliases", "kind*", "country", "sector", "from", "to"],
  "offices.csv": ["name*", "aliases", "duty*", "country", "sector", "from", "to"],
  /** What `communique actors accept` wrote; `report` and `words` say where it was stated. */
  "learned.csv": ["name*", "aliases", "kind*", "country", "sector", "from", "to", "report", "words"],
  "places.csv": ["name*", "aliases", "country*", "level*", "lat", "lon", "population"],
} as const

const kinds: readonly ActorKind[] = ["person", "government", "country", "organisation", "armed-group", "group", "igo", "company", "media", "other"]
/** As in knowledge/README.md, "holders, terms". */
const duties =
  `head-of-state head-of-government deputy-head foreign defence interior finance justice minister regional speaker legislator judge prosecutor military spy police
  central-bank un igo opposition rebel separatist party former activist business religious royal security criminal`.split(/\s+/)
const levels: readonly NamedPlace["level"][] = ["city", "state", "region", "sea"]
/** The days of what a list gives none. */
export const always = {from: "0001-01-01", to: "9999-12-31"}

/**
 * Puts the lists of a folder before the tables: what a list names has its meaning from the list alone.
 *
 * @param isNew  whether the folder may still be empty or absent
 * @returns knowledge whose hash covers the tables and the lists
 * @throws CoderError `knowledge-unreadable`, with file and line of the first wrong row
 */
export function withOwn(knowledge: Knowledge, folder: string, {isNew = false} = {}): Knowledge {
  const found = Object.keys(ownLists).filter(file => existsSync(join(folder, file)))
  if (found.length === 0 && isNew) return knowledge
  if (found.length === 0) throw wrong(folder, undefined, `found none of ${Object.keys(ownLists).join(", ")}`)
  const hash = createHash("sha256").update(knowledge.hash)
  const own: Own = {names: new Map(), people: new Map(), relatives: new Map(), cities: new Map()}
  for (const file of found) {
    const path = join(folder, file)
    const bytes = readFileSync(path)
    hash.update(`\n${file}\n`).update(bytes)
    for (const row of ownRows(bytes.toString("utf8"), path, ownLists[file as keyof typeof ownLists]))
      readers[file as keyof typeof ownLists](row, own, knowledge)
  }
  return overlaid(knowledge, own, `sha256:${hash.digest("hex")}`)
}

/** What the lists say, by key. */
type Own = {
  readonly names: Map<string, Named[]>
  readonly people: Map<string, Person[]>
  readonly relatives: Map<string, Person[]>
  readonly cities: Map<string, NamedPlace[]>
}

type Row = {readonly cell: (column: string) => string; readonly fail: (column: string, expected: string) => CoderError}

const readers: Readonly<Record<keyof typeof ownLists, (row: Row, own: Own, knowledge: Knowledge) => void>> = {
  "actors.csv": (row, own, knowledge) => {
    const kind = oneOf(row, "kind", kinds)
    const {names, country, sector, from, to} = {names: namesOf(row), country: countryOf(row, knowledge), sector: sectorOf(row), ...daysOf(row)}
    if (kind === "person") return addPerson(names, {country, duty: "listed", sector: sector ?? "", from, to, isOpen: false, isRecalled: false}, own)
    for (const name of names) {
      const named = {form: plain(name), as: "organisation", name: names[0]!, kind, country, sector, level: null} as const
      add(own.names, keyOf(name), {...named, ...(from !== always.from && {from}), ...(to !== always.to && {to})})
    }
  },
  "learned.csv": (row, own, knowledge) => readers["actors.csv"](row, own, knowledge),
  "offices.csv": (row, own, knowledge) => {
    const duty = oneOf(row, "duty", duties)
    const term = {country: countryOf(row, knowledge), duty, sector: sectorOf(row) ?? "GOV", ...daysOf(row), isOpen: false, isRecalled: false}
    addPerson(namesOf(row), term, own)
  },
  "places.csv": (row, own, knowledge) => {
    const level = oneOf(row, "level", levels)
    const country = countryOf(row, knowledge)
    const names = namesOf(row)
    const [lat, lon] = [numberOf(row, "lat", 90), numberOf(row, "lon", 180)]
    if (level === "city" && (lat === null || lon === null)) throw row.fail(lat === null ? "lat" : "lon", "degrees for a city")
    for (const name of names) {
      const key = keyOf(name)
      if (level === "city") add(own.cities, key, {name: names[0]!, country, level, lat, lon, population: numberOf(row, "population", 1e9) ?? 0, state: null})
      else add(own.names, key, {form: plain(name), as: "region", name: names[0]!, kind: "other", country, sector: null, level})
    }
  },
}

function overlaid(knowledge: Knowledge, {names, people, relatives, cities}: Own, hash: string): Knowledge {
  return {
    ...knowledge,
    hash,
    longest: longestOf(names.keys(), knowledge.longest),
    // A place of one's own list is no organisation or region of the tables.
    names: new Map([...knowledge.names, ...[...cities.keys()].map((key): [string, Named[]] => [key, []]), ...names]),
    people: key => people.get(key) ?? knowledge.people(key),
    relatives: key => [...(relatives.get(key) ?? []), ...knowledge.relatives(key)],
    cities: key => cities.get(key) ?? knowledge.cities(key),
    holders: (country, duty, date) => {
      const held = [...new Set([...people.values()].flat())].filter(({terms}) =>
        terms.some(term => term.country === country && term.duty === duty && term.from <= date && date <= term.to),
      )
      return held.length === 1 ? held[0] : held.length > 1 ? undefined : knowledge.holders(country, duty, date)
    },
  }
}

function addPerson(names: readonly string[], term: Term, own: Own): void {
  const known = names.flatMap(name => own.people.get(keyOf(name)) ?? [])[0]
  const person: Person = {name: known?.name ?? names[0]!, terms: [...(known?.terms ?? []), term].sort((a, b) => (a.from < b.from ? -1 : 1))}
  for (const name of new Set(names.map(keyOf))) {
    own.people.set(name, [person])
    const last = name.split(" ").at(-1)!
    own.relatives.set(last, [...(own.relatives.get(last) ?? []).filter(other => other !== known), person])
  }
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  map.set(key, [...(map.get(key) ?? []), value])
}

/* ---- cells ---- */

function namesOf(row: Row): string[] {
  const names = [row.cell("name"), ...row.cell("aliases").split("|")].map(name => name.trim()).filter(Boolean)
  if (row.cell("name") === "" || names.some(name => keyOf(name) === "")) throw row.fail("name", "a name")
  return names
}

function oneOf<Value extends string>(row: Row, column: string, values: readonly Value[]): Value {
  const found = values.find(value => value === row.cell(column))
  if (found === undefined) throw row.fail(column, `one of ${values.join(", ")}`)
  return found
}

function countryOf(row: Row, {countries}: Knowledge): string | null {
  const country = row.cell("country")
  if (country === "" || country === "IGO" || countries.has(country)) return country || null
  throw row.fail("country", "an ISO 3166 alpha-3 code, XKX, IGO or nothing")
}

function sectorOf(row: Row): string | null {
  const sector = row.cell("sector")
  if (sector !== "" && !/^[A-Z]{3}$/.test(sector)) throw row.fail("sector", "a CAMEO role code of three capitals, or nothing")
  return sector || null
}

function daysOf(row: Row): {from: Day; to: Day} {
  const read = (column: "from" | "to"): Day => {
    const text = row.cell(column)
    if (text === "") return always[column]
    try {
      return day(text)
    } catch {
      throw row.fail(column, "YYYY-MM-DD or nothing")
    }
  }
  const days = {from: read("from"), to: read("to")}
  if (days.to < days.from) throw row.fail("to", "a day not before from")
  return days
}

function numberOf(row: Row, column: string, most: number): number | null {
  const text = row.cell(column)
  const number = Number(text)
  if (text !== "" && !(Math.abs(number) <= most)) throw row.fail(column, `a number up to ${most}`)
  return text === "" ? null : number
}

/** The rows below the header of a list, checked against its columns. */
export function* ownRows(text: string, path: string, columns: readonly string[]): Generator<Row> {
  for (const {cell, line} of csvTable(text, columns, (line, message) => wrong(path, line, message))) {
    yield {cell, fail: (column, expected) => wrong(path, line, `found ${JSON.stringify(cell(column))} as ${column}, expected ${expected}`)}
  }
}

function wrong(path: string, line: number | undefined, message: string): CoderError {
  return new CoderError("knowledge-unreadable", `Cannot read the list: ${message}`, {input: path, ...(line !== undefined && {line})})
}
