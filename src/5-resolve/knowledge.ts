import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {join} from "node:path"
import {type ActorKind, CoderError, type Day} from "../0-records/index.ts"
import {type Lines, openLines} from "./lines.ts"

/** A country or territory. Docs: knowledge/README.md. */
export type Country = {
  /** ISO 3166 alpha-3, or `XKX`. */
  readonly iso3: string
  readonly name: string
  readonly names: readonly string[]
  /** Adjectives and nouns of nationality, plurals included. */
  readonly nationalities: readonly string[]
  readonly capitals: readonly string[]
  /** Buildings and streets whose name stands for the government. */
  readonly seats: readonly string[]
}

/** What a name may name, with the country it belongs to (`null` where it has none or several). */
export type Named = {
  /** The name as the table spells it, without accents: its capitals tell "WHO" from "who". */
  readonly form: string
  readonly as: "country" | "nationality" | "capital" | "seat" | "region" | "people" | "organisation"
  /** The name that stands first in the table's row. */
  readonly name: string
  readonly kind: ActorKind
  /** ISO 3166 alpha-3, `XKX`, `IGO` or `null`. */
  readonly country: string | null
  readonly sector: string | null
  /** Of an armed group that came to power: the day since which it is the government. */
  readonly governs?: Day
  /** Of one's own lists: first and last day on which the name means this. */
  readonly from?: Day
  readonly to?: Day
  /** Of regions: state, region, breakaway, sea, continent or world-region. */
  readonly level: string | null
}

/** A role noun or phrase, lower case and singular. */
export type Role = {
  readonly phrase: string
  readonly sector: string | null
  readonly kind: ActorKind
  /** Whether a former holder counts as one of the elite (CAMEO ELI). */
  readonly isOffice: boolean
  /** Whether whom the holder works for says more than the word: "spokesman", "leader", "member". */
  readonly isTransparent: boolean
  /** Whether it is a role only at the end ("locals"), and before other nouns an adjective ("local police"). */
  readonly isLast: boolean
}

/** One person's time in one office or part. */
export type Term = {
  /** `null` where none or several. */
  readonly country: string | null
  /** What kind of office or part: `head-of-state`, `foreign`, `opposition` … (knowledge/README.md). */
  readonly duty: string
  readonly sector: string
  /** First and last day; a bare year or month reaches from its first to its last day. */
  readonly from: Day
  readonly to: Day
  /** Whether no end is known: then the term is known to last up to `to`, and may go on. */
  readonly isOpen: boolean
  /** Whether it comes from memory rather than a source. */
  readonly isRecalled: boolean
}

export type Person = {readonly name: string; readonly terms: readonly Term[]}

/** A city, town or region with its place on the map. */
export type NamedPlace = {
  readonly name: string
  /** `null` at sea, or where several countries share it. */
  readonly country: string | null
  readonly level: "city" | "state" | "region" | "breakaway" | "country" | "sea" | "continent" | "world-region"
  /** Degrees, WGS 84; `null` except for cities. */
  readonly lat: number | null
  readonly lon: number | null
  /** 0 where unknown. */
  readonly population: number
  /** The state's two letters, in the USA only. */
  readonly state: string | null
}

/** All that room 5 knows without the report. Opened once, never changed. */
export type Knowledge = {
  /** `sha256:` over the tables' bytes. */
  readonly hash: string
  readonly countries: ReadonlyMap<string, Country>
  /** Every name by its key (`keyOf`), surest meaning first. */
  readonly names: ReadonlyMap<string, readonly Named[]>
  /** Most words that a key of `names` has, by its first word. */
  readonly longest: ReadonlyMap<string, number>
  readonly roles: ReadonlyMap<string, Role>
  /** Most words that a phrase of `roles` has, by its first word. */
  readonly longestRole: ReadonlyMap<string, number>
  /** People by the key of a name they go by. */
  people(key: string): readonly Person[]
  /** People by last name. */
  relatives(key: string): readonly Person[]
  /** Whether three people or more of the tables have it as their first of several names: "Mary". */
  isGivenName(key: string): boolean
  /** The gender that a given name nearly always tells, by its key. */
  readonly genders: ReadonlyMap<string, "m" | "f">
  /** The one person known to have held a country's office of that kind on `date`; `undefined` where none or several did. */
  holders(country: string, duty: string, date: Day): Person | undefined
  /** Cities and towns by key, most populous first. */
  cities(key: string): readonly NamedPlace[]
}

const tables = ["countries/countries.json", "places/regions.json", "organisations/organisations.json", "roles/roles.json", "offices/given-names.json"] as const

/** Tables that are large, and searched as they stand. */
const lines = ["places/cities.tsv", "offices/people.tsv", "offices/last-names.tsv", "offices/holders.tsv", "offices/first-names.tsv"] as const

/**
 * Opens the tables that `knowledge/build/build.js` made.
 *
 * @param dir  the folder `knowledge/`
 * @throws CoderError `knowledge-unreadable`
 */
export function openKnowledge(dir: string): Knowledge {
  const hash = createHash("sha256")
  const opened = <Opened>(table: string, open: (text: string, path: string) => Opened): Opened => {
    const bytes = readTable(dir, table)
    hash.update(bytes)
    return open(bytes.toString("utf8"), join(dir, table))
  }
  const [countryRows, regionRows, organisationRows, roleRows, givenRows] = tables.map(table => opened(table, tableOf)) as [Table, Table, Table, Table, Table]
  const [cities, people, lastNames, holders, firstNames] = lines.map(table => opened(table, openLines)) as [Lines, Lines, Lines, Lines, Lines]

  const names = new NameIndex()
  const countries = new Map(countriesOf(countryRows).map(country => [country.iso3, country]))
  for (const country of countries.values()) names.addCountry(country)
  addOrganisations(organisationRows, names)
  addRegions(regionRows, names)
  const roles = rolesOf(roleRows)
  return {
    hash: `sha256:${hash.digest("hex")}`,
    countries,
    names: names.byKey,
    longest: longestOf(names.byKey.keys()),
    roles,
    longestRole: longestOf(roles.keys()),
    genders: new Map(column<string>(givenRows, "name").map((name, at) => [name, column<"m" | "f">(givenRows, "gender")[at]!])),
    ...peopleOf({people, lastNames, holders}),
    isGivenName: key => firstNames.find(key).length > 0,
    cities: citiesOf(cities),
  }
}

/**
 * The key that names are found by: lower case, without accents, full stops and apostrophes, hyphens as spaces.
 * "Côte d'Ivoire" → "cote divoire", "U.S." → "us", "al-Shabaab" → "al shabaab".
 */
export function keyOf(name: string): string {
  if (/^[A-Za-z]+(?: [A-Za-z]+)*$/.test(name)) return name.toLowerCase()
  return plain(name)
    .toLowerCase()
    .replace(/[.'"“”]/g, "")
    .replace(/[-–\s]+/g, " ")
    .trim()
}

/** Without accents; letters that have none apart (ø, ł, ı, ß, đ, æ) as they are written in English. */
export function plain(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[øłıßđæœðþØŁİĐÆ]/g, letter => apart[letter] ?? letter)
    .replace(/[‘’ʼʻ`]/g, "'")
}

const apart: Record<string, string> = {ø: "o", ł: "l", ı: "i", ß: "ss", đ: "d", æ: "ae", œ: "oe", ð: "d", þ: "th", Ø: "O", Ł: "L", İ: "I", Đ: "D", Æ: "Ae"}

type Columns = Record<string, readonly unknown[]>

type Table = {readonly columns: Columns}

function readTable(dir: string, table: string): Buffer {
  try {
    return readFileSync(join(dir, table))
  } catch (cause) {
    throw new CoderError(
      "knowledge-unreadable",
      `Cannot read the table ${JSON.stringify(join(dir, table))}: expected a file made by knowledge/build/build.js`,
      {},
      {cause},
    )
  }
}

function tableOf(text: string, path: string): Table {
  try {
    const table = JSON.parse(text) as Table
    const lengths = new Set(Object.values(table.columns).map(column => column.length))
    if (lengths.size !== 1) throw new Error(`columns of ${[...lengths].join(", ")} rows`)
    return table
  } catch (cause) {
    throw new CoderError("knowledge-unreadable", `Cannot read the table ${JSON.stringify(path)}: expected JSON with columns of one length`, {}, {cause})
  }
}

function column<Value>({columns}: Table, name: string): readonly Value[] {
  const found = columns[name]
  if (!found) throw new CoderError("knowledge-unreadable", `Cannot read a table of knowledge: found no column ${JSON.stringify(name)}`)
  return found as readonly Value[]
}

class NameIndex {
  readonly byKey = new Map<string, Named[]>()

  add(form: string, named: Omit<Named, "form">): void {
    const key = keyOf(form)
    const {as, name, kind, country, sector, level, governs} = named
    const entry = {form: plain(form), as, name, kind, country, sector, level, ...(governs && {governs})}
    const known = this.byKey.get(key)
    if (known) known.push(entry)
    else this.byKey.set(key, [entry])
  }

  addCountry({iso3, name, names, nationalities, capitals, seats}: Country): void {
    const country = {name, kind: "country", country: iso3, sector: null, level: "country"} as const
    for (const form of [name, ...names]) this.add(form, {as: "country", ...country})
    for (const form of nationalities) this.add(form, {as: "nationality", ...country})
    for (const form of capitals) this.add(form, {as: "capital", ...country})
    for (const form of seats) this.add(form, {as: "seat", ...country, name: form, kind: "government", sector: "GOV"})
  }
}

function countriesOf(rows: Table): Country[] {
  const lists = (name: string) => column<readonly string[]>(rows, name)
  const [names, nationalities, capitals, seats] = [lists("names"), lists("nationalities"), lists("capitals"), lists("seats")]
  const fullNames = column<string>(rows, "name")
  return column<string>(rows, "iso3").map((iso3, at) => ({
    iso3,
    name: fullNames[at]!,
    names: names[at]!,
    nationalities: nationalities[at]!,
    capitals: capitals[at]!,
    seats: seats[at]!,
  }))
}

function addOrganisations(rows: Table, names: NameIndex): void {
  const [kinds, countries, sectors, others] = [
    column<ActorKind>(rows, "kind"),
    column<string | null>(rows, "country"),
    column<string | null>(rows, "sector"),
    column<string[]>(rows, "names"),
  ]
  const governs = column<Day | null>(rows, "governs")
  column<string>(rows, "name").forEach((name, at) => {
    const [kind, country, sector, since] = [kinds[at]!, countries[at]!, sectors[at]!, governs[at]]
    for (const form of [name, ...others[at]!]) names.add(form, {as: "organisation", name, kind, country, sector, level: null, ...(since && {governs: since})})
  })
}

function addRegions(rows: Table, names: NameIndex): void {
  const [countries, levels, others, peoples] = [
    column<string | null>(rows, "country"),
    column<string>(rows, "kind"),
    column<string[]>(rows, "names"),
    column<string[]>(rows, "peoples"),
  ]
  column<string>(rows, "name").forEach((name, at) => {
    const region = {name, kind: "other", country: countries[at]!, sector: null, level: levels[at]!} as const
    for (const form of [name, ...others[at]!]) names.add(form, {as: "region", ...region})
    for (const form of peoples[at]!) names.add(form, {as: "people", ...region, kind: "group"})
  })
}

function rolesOf(rows: Table): ReadonlyMap<string, Role> {
  const [sectors, kinds, flags] = [column<string | null>(rows, "sector"), column<ActorKind>(rows, "kind"), column<string>(rows, "flags")]
  return new Map(
    column<string>(rows, "phrase").map((phrase, at) => [
      phrase,
      {
        phrase,
        sector: sectors[at]!,
        kind: kinds[at]!,
        isOffice: flags[at]!.includes("office"),
        isTransparent: flags[at]!.includes("serves"),
        isLast: flags[at]!.includes("last"),
      },
    ]),
  )
}

/** Most words of the keys that begin with a word, and of those known before. */
export function longestOf(keys: Iterable<string>, known: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const longest = new Map(known)
  for (const key of keys) {
    const space = key.indexOf(" ")
    const first = space < 0 ? key : key.slice(0, space)
    let length = 1
    for (let at = space; at >= 0; at = key.indexOf(" ", at + 1)) length++
    if ((longest.get(first) ?? 0) < length) longest.set(first, length)
  }
  return longest
}

/** A person is made when asked for, and only once. `lastNames` and `holders` tell lines of `people`. */
function peopleOf({
  people,
  lastNames,
  holders,
}: Readonly<Record<"people" | "lastNames" | "holders", Lines>>): Pick<Knowledge, "people" | "relatives" | "holders"> {
  const made = new Map<string, Person>()
  const person = ([name = "", terms = ""]: readonly string[]): Person => {
    const known = made.get(name) ?? {name, terms: terms.split("|").map(termOf)}
    made.set(name, known)
    return known
  }
  const told = (table: Lines, key: string) => table.find(key).map(([line]) => person(people.at(Number(line))))
  return {
    people: key => people.find(key).map(person),
    relatives: key => told(lastNames, key),
    holders: (country, duty, date) => {
      const held = told(holders, `${country};${duty}`).filter(({terms}) =>
        terms.some(term => term.country === country && term.duty === duty && term.from <= date && date <= term.to),
      )
      return held.length === 1 ? held[0] : undefined
    },
  }
}

function termOf(told: string): Term {
  const [country = "", duty = "", sector = "", from = "", to = "", marks = ""] = told.split(";")
  return {country: country || null, duty, sector, from, to, isOpen: marks.includes("o"), isRecalled: marks.includes("r")}
}

/** A place is made when it is asked for. */
function citiesOf(cities: Lines): Knowledge["cities"] {
  return key =>
    cities.find(key).map(([name = "", country = "", lat, lon, population, state]) => ({
      name,
      country,
      level: "city",
      lat: Number(lat),
      lon: Number(lon),
      population: Number(population),
      state: state || null,
    }))
}
