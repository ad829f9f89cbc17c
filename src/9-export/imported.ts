import {type Actor, CoderError, type Day, day, type EventPlace, type Imported, type Place, type Problem, problemOf} from "../0-records/index.ts"
import {countryOf, ploverOf} from "./crosswalk.ts"
import {sectorOf} from "./icews.ts"

/** Files of other data sets that can be read into a store; the other direction of `gdelt`, `gdelt1` and `icews`. */
export const importable = ["gdelt", "icews"] as const
export type Importable = (typeof importable)[number]

/** A line of a file, without its end. */
export type Line = {readonly text: string; readonly place: Place}

/** Which data set a file's first line is of; `undefined` where none of these. GDELT 1.0 has 57 or 58 columns, 2.0 has 61, ICEWS a header. */
export function sniffDataset(line: string): Importable | undefined {
  const cells = line.split("\t")
  if (cells[0] === "Event ID" && cells.includes("CAMEO Code")) return "icews"
  return gdeltWidths.includes(cells.length) && /^\d+$/.test(cells[0]!) ? "gdelt" : undefined
}

/** The rows of a file, one record or problem each; a code that PLOVER has no type for (CAMEO 01, statements) is `null`. */
export async function* readDataset(lines: AsyncIterable<Line>, dataset: Importable): AsyncGenerator<Imported | Problem | null> {
  let header: readonly string[] | undefined
  for await (const {text, place} of lines) {
    if (text.trim() === "") continue
    const cells = text.split("\t")
    if (dataset === "icews" && !header) {
      header = cells
      const missing = needed.filter(name => !cells.includes(name))
      if (missing.length > 0) throw new CoderError("column-missing", `Cannot read ICEWS: found no column ${missing.map(name => `"${name}"`).join(", ")}`, place)
      continue
    }
    try {
      yield dataset === "gdelt" ? gdeltRow(cells) : icewsRow(new Map(header!.map((name, at) => [name, cells[at] ?? ""])))
    } catch (error) {
      if (!(error instanceof CoderError)) throw error
      yield problemOf(new CoderError("row-unreadable", error.message), place)
    }
  }
}

const gdeltWidths: readonly number[] = [57, 58, 61]

const nothing = {text: "", start: 0, end: 0}

/** What no row of another data set tells. */
const unknown = {
  status: "actual",
  trigger: nothing,
  sentence: {index: 0, ...nothing},
  confidence: 0,
  story: null,
  review: null,
} as const

function gdeltRow(cells: readonly string[]): Imported | null {
  if (!gdeltWidths.includes(cells.length)) throw wrong("the row", `${cells.length} columns`, "57, 58 or 61")
  const cell = (at: number) => cells[at]!
  if (!/^\d+$/.test(cell(0))) throw wrong("GLOBALEVENTID", cell(0), "a whole number")
  const plover = ploverOf(cell(26))
  if (!plover) return null
  const isSecond = cells.length === 61
  const added = dayOf(cell(isSecond ? 59 : 56).slice(0, 8), "DATEADDED")
  const url = cells.length === 57 ? null : cell(cells.length - 1) || null
  const id = `gdelt/${cell(0)}`
  return {
    ...unknown,
    ...plover,
    id,
    event: id,
    quad: quadOf(cell(29)),
    intensity: numberOf(cell(30), "GoldsteinScale"),
    cameo: cell(26),
    actors: gdeltSide(cells.slice(5, 15)),
    recipients: gdeltSide(cells.slice(15, 25)),
    date: dateOf(dayOf(cell(1), "SQLDATE")),
    place: gdeltPlace(cells.slice(isSecond ? 51 : 49)),
    report: {id: url ?? `gdelt/${added}`, title: null, url, publisher: url && hostOf(url), published: added},
  }
}

function gdeltSide([code = "", name = "", country = "", , , , , role = ""]: readonly string[]): Actor[] {
  if (code === "" && name === "") return []
  const iso3 = countryOf(country, "cameo") ?? (role === "IGO" ? "IGO" : null)
  const sector = role === "" || role === "IGO" ? null : role
  return [sideOf(name || code, iso3, sector)]
}

function sideOf(name: string, country: string | null, sector: string | null): Actor {
  const kind = country !== null && country !== "IGO" && sector === null ? "country" : "other"
  const code = [country, sector].filter(Boolean).join("") || null
  return {...nothing, name, kind, country, sector, code, basis: "stated", via: null}
}

/** Type, name, FIPS country, ADM1, in the second version ADM2, latitude, longitude, id. */
function gdeltPlace(cells: readonly string[]): EventPlace | null {
  const [type = "", name = "", fips = ""] = cells
  const levels: Readonly<Record<string, EventPlace["level"]>> = {1: "country", 2: "region", 3: "city", 4: "city", 5: "region"}
  const level = levels[type]
  if (level === undefined || name === "") return null
  // The columns end with place id, DATEADDED and, where there is one, the address.
  const at = cells.length === 10 ? 5 : 4
  const isCity = level === "city"
  return {
    ...nothing,
    name,
    country: countryOf(fips, "fips") ?? null,
    lat: isCity ? coordinate(cells[at]) : null,
    lon: isCity ? coordinate(cells[at + 1]) : null,
    level,
  }
}

const needed = ["Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Intensity", "Target Name", "Target Country", "Story ID"]

function icewsRow(row: ReadonlyMap<string, string>): Imported | null {
  const cell = (name: string) => {
    const text = row.get(name)?.trim() ?? ""
    return text === "NA" || text === "NULL" ? "" : text
  }
  if (!/^\d+$/.test(cell("Event ID"))) throw wrong("Event ID", cell("Event ID"), "a whole number")
  const code = cell("CAMEO Code")
  const plover = ploverOf(code)
  if (!plover) return null
  const happened = dayOf(cell("Event Date"), "Event Date")
  const id = `icews/${cell("Event ID")}/${happened}`
  const place = cell("City") || cell("Province") || cell("Country")
  const level = cell("City") ? "city" : cell("Province") ? "region" : "country"
  const side = (role: "Source" | "Target") =>
    cell(`${role} Name`) === "" ? [] : [sideOf(cell(`${role} Name`), countryOf(cell(`${role} Country`), "name") ?? null, sectorOf(cell(`${role} Sectors`)))]
  return {
    ...unknown,
    ...plover,
    id,
    event: id,
    quad: quadOfRoot(code),
    intensity: numberOf(cell("Intensity"), "Intensity"),
    cameo: code,
    actors: side("Source"),
    recipients: side("Target"),
    date: dateOf(happened),
    place:
      place === ""
        ? null
        : {
            ...nothing,
            name: place,
            country: countryOf(cell("Country"), "name") ?? null,
            lat: level === "city" ? coordinate(cell("Latitude")) : null,
            lon: level === "city" ? coordinate(cell("Longitude")) : null,
            level,
          },
    report: {id: `icews/story/${cell("Story ID") || cell("Event ID")}`, title: null, url: null, publisher: cell("Publisher") || null, published: null},
  }
}

function quadOf(text: string): Imported["quad"] {
  if (!/^[1-4]$/.test(text)) throw wrong("QuadClass", text, "1, 2, 3 or 4")
  return Number(text) as Imported["quad"]
}

/** Quad class by root: 01-05 = 1, 06-08 = 2, 09-13 = 3, 14-20 = 4 (ontologies/plover-2021/cameo.json). */
function quadOfRoot(cameo: string): Imported["quad"] {
  const root = Number(cameo.slice(0, 2))
  return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4
}

/** `YYYYMMDD`, `YYYY-MM-DD`, or as ICEWS has it in 2017, `M/D/YYYY`. */
function dayOf(text: string, column: string): Day {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  const iso = american ? `${american[3]}-${american[1]!.padStart(2, "0")}-${american[2]!.padStart(2, "0")}` : text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")
  try {
    return day(iso)
  } catch {
    throw wrong(column, text, "a day")
  }
}

const dateOf = (at: Day): Imported["date"] => ({from: at, to: at, basis: "stated", text: null, start: null, end: null})

function numberOf(text: string, column: string): number | null {
  if (text === "") return null
  const number = Number(text)
  if (Number.isFinite(number)) return number
  throw wrong(column, text, "a number")
}

function coordinate(text = ""): number | null {
  const number = Number(text)
  return text.trim() === "" || !Number.isFinite(number) ? null : number
}

const hostOf = (url: string) => /^[a-z]+:\/\/(?:www\.)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? null

const wrong = (what: string, found: string, expected: string) =>
  new CoderError("row-unreadable", `Cannot read ${what}: found ${JSON.stringify(found.slice(0, 60))}, expected ${expected}`)
