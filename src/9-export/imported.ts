import {
  type Actor,
  CoderError,
  type Day,
  day,
  type EventPlace,
  type Imported,
  type ImportedMention,
  type Place,
  type Problem,
  problemOf,
} from "../0-records/index.ts"
import {cameoOf, countryCodes, countryOf, ploverOf} from "./crosswalk.ts"
import {sectorOf} from "./icews.ts"
import {quads, sectorOfPlover} from "./polecat.ts"

/** Files of other data sets that can be read into a store; the other direction of `gdelt`, `gdelt1`, `gdelt-mentions`, `icews` and `polecat`. */
export const importable = ["gdelt", "gdelt-mentions", "icews", "polecat"] as const
export type Importable = (typeof importable)[number]

/** A line of a file, without its end. */
export type Line = {readonly text: string; readonly place: Place}

/** Which data set a file's first line is of; `undefined` where none of these. GDELT 1.0 has 57 or 58 columns, 2.0 has 61, its mentions 16; ICEWS and POLECAT have a header. */
export function sniffDataset(line: string): Importable | undefined {
  const cells = line.split("\t")
  const isNumbered = /^\d+$/.test(cells[0]!)
  if (cells[0] === "Event ID") return cells.includes("CAMEO Code") ? "icews" : cells.includes("Event Mode") ? "polecat" : undefined
  if (isNumbered && cells.length === mentionWidth && /^\d{14}$/.test(cells[1]!)) return "gdelt-mentions"
  return isNumbered && gdeltWidths.includes(cells.length) ? "gdelt" : undefined
}

/** The rows of a file, one record or problem each; a code that PLOVER has no type for (CAMEO 01, statements) is `null`. */
export async function* readDataset(lines: AsyncIterable<Line>, dataset: Importable): AsyncGenerator<Imported | ImportedMention | Problem | null> {
  const [needed, read] = readers[dataset]
  let header: readonly string[] | undefined
  for await (const {text, place} of lines) {
    if (text.trim() === "") continue
    const cells = text.split("\t")
    if (needed && !header) {
      header = cells
      const missing = needed.filter(name => !cells.includes(name))
      if (missing.length > 0)
        throw new CoderError("column-missing", `Cannot read ${dataset.toUpperCase()}: found no column ${missing.map(name => `"${name}"`).join(", ")}`, place)
      continue
    }
    try {
      yield read(cells, name => cells[header?.indexOf(name) ?? -1]?.trim() ?? "")
    } catch (error) {
      if (!(error instanceof CoderError)) throw error
      yield problemOf(new CoderError("row-unreadable", error.message), place)
    }
  }
}

/** What a cell holds by the name of its column, without spaces around; empty where there is none. */
type Named = (column: string) => string

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

/** Cells that hold one of these words are empty. */
function without(named: Named, ...words: readonly string[]): Named {
  return column => {
    const text = named(column)
    return words.includes(text) ? "" : text
  }
}

function icewsRow(_: readonly string[], named: Named): Imported | null {
  const cell = without(named, "NA", "NULL")
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

function polecatRow(_: readonly string[], named: Named): Imported {
  const cell = without(named, "None")
  const [name, type, mode] = [cell("Event ID"), cell("Event Type"), cell("Event Mode") || null]
  if (name === "") throw wrong("Event ID", name, "an id")
  const quad = quads.indexOf(cell("Quad Code").toUpperCase())
  if (quad < 1) throw wrong("Quad Code", cell("Quad Code"), `one of ${quads.slice(1).join(", ")}`)
  const id = `polecat/${name}`
  const place = cell("Placename") || cell("City") || cell("Province") || cell("Country")
  const level = cell("City") ? "city" : cell("Province") || cell("District") ? "region" : cell("Country") === place ? "country" : "unknown"
  const country = cell("Country")
  const published = cell("Publication Date")
  const [, article = name] = /^\d{8}-\d+-([0-9a-z]+)_/i.exec(name) ?? []
  return {
    ...unknown,
    id,
    event: id,
    type,
    mode,
    quad: quad as Imported["quad"],
    intensity: numberOf(cell("Intensity") || cell("Event Intensity"), "Intensity"),
    cameo: cameoOf(type, mode),
    contexts: [
      ...new Set(
        cell("Contexts")
          .split("|")
          .flatMap(context => context.trim() || []),
      ),
    ],
    actors: polecatSides("Actor", cell),
    recipients: polecatSides("Recipient", cell),
    date: dateOf(dayOf(cell("Event Date"), "Event Date")),
    place:
      place === ""
        ? null
        : {
            ...nothing,
            name: place,
            country: countryCodes(country) ? country : (countryOf(country, "name") ?? null),
            lat: coordinate(cell("Latitude")),
            lon: coordinate(cell("Longitude")),
            level,
          },
    report: {
      ...{id: `polecat/story/${article}`, title: null, url: null, publisher: cell("Source") || null},
      published: published === "" ? null : dayOf(published, "Publication Date"),
    },
  }
}

/** Sides share a cell, and keep their places; `None` is a gap. One without a resolved name goes by its words. */
function polecatSides(role: "Actor" | "Recipient", named: Named): Actor[] {
  const list = (column: string) =>
    named(column)
      .split(";")
      .map(value => (value.trim() === "None" ? "" : value.trim()))
  const [names, raw, countries, sectors] = [list(`${role} Name`), list(`${role} Name Raw`), list(`${role} Country`), list(`${role} Sectors`)]
  return names.flatMap((name, at) => {
    const told = name || raw[at]
    if (!told) return []
    // Where sectors are not told side by side, only the first side's is sure.
    const sector = sectors.length === names.length ? sectors[at]! : at === 0 ? named(`Primary ${role} Sector`) : ""
    const iso3 = countryOf(countries[at] ?? "", "name") ?? (sector === "IGO" ? "IGO" : null)
    return [sideOf(told, iso3, sector === "" || sector === "IGO" ? null : sectorOfPlover(sector))]
  })
}

/** Columns of GDELT's mentions. */
const mentionWidth = 16

function gdeltMention(cells: readonly string[]): ImportedMention {
  if (cells.length !== mentionWidth) throw wrong("the row", `${cells.length} columns`, `${mentionWidth} columns`)
  const [number = "", , time = "", kind = "", source = "", identifier = "", sentence = ""] = cells
  if (!/^\d+$/.test(number)) throw wrong("GLOBALEVENTID", number, "a whole number")
  if (identifier === "") throw wrong("MentionIdentifier", identifier, "an address or a name")
  const url = kind === "1" ? identifier : null
  return {
    of: `gdelt/${number}`,
    report: {id: identifier, title: null, url, publisher: source || (url && hostOf(url)), published: dayOf(time.slice(0, 8), "MentionTimeDate")},
    index: Math.max(0, (numberOf(sentence, "SentenceID") ?? 1) - 1),
    confidence: (numberOf(cells[11]!, "Confidence") ?? 0) / 100,
  }
}

type Reader = (cells: readonly string[], named: Named) => Imported | ImportedMention | null

/** How each data set's rows are read, and the columns that its header must have; `undefined` where it has no header. */
const readers: Readonly<Record<Importable, readonly [readonly string[] | undefined, Reader]>> = {
  gdelt: [undefined, gdeltRow],
  "gdelt-mentions": [undefined, gdeltMention],
  icews: [["Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Intensity", "Target Name", "Target Country", "Story ID"], icewsRow],
  polecat: [
    ["Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Actor Name", "Actor Country", "Recipient Name", "Recipient Country"],
    polecatRow,
  ],
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
