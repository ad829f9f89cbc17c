import {readFileSync} from "node:fs"
import {fileURLToPath} from "node:url"
import {CoderError} from "../0-records/index.ts"

/** A country in the codes of other projects; empty or `null` where one has none. Source: knowledge/countries. */
export type CountryCodes = {readonly name: string; readonly cameo: string; readonly fips: string; readonly cow: number | null; readonly gw: number | null}

/** A CAMEO code, with the numbers that GDELT and ICEWS write beside it. Source: ontologies/plover-2021/cameo.json. */
export type CameoCode = {
  readonly code: string
  readonly base: string
  readonly root: string
  readonly quad: number
  readonly goldstein: number
  readonly icews: {readonly code: string; readonly label: string; readonly intensity: number}
}

type Row = {
  readonly code: string
  readonly parent: string | null
  readonly base_code: string
  readonly root_code: string
  readonly quad_class: number
  readonly goldstein: number
  readonly goldstein_icews: number | null
  readonly label: string
  readonly label_icews: string | null
  readonly in_gdelt_lookup: boolean
  readonly in_icews: boolean
}

let countries: ReadonlyMap<string, CountryCodes> | undefined
let codes: ReadonlyMap<string, Row> | undefined

/** @param iso3  ISO 3166 alpha-3 or `XKX` */
export function countryCodes(iso3: string | null): CountryCodes | undefined {
  if (iso3 === null) return undefined
  if (!countries) {
    const {columns} = data("knowledge/countries/countries.json") as {
      columns: Record<"iso3" | "name" | "cameo" | "fips" | "cow" | "gw", (string | number | null)[]>
    }
    const text = (value: string | number | null | undefined) => String(value ?? "")
    countries = new Map(
      columns.iso3.map((iso3, at) => {
        const number = (value: string | number | null | undefined) => (value ? Number(value) : null)
        const [cow, gw] = [number(columns.cow[at]), number(columns.gw[at])]
        return [text(iso3), {name: text(columns.name[at]), cameo: text(columns.cameo[at]), fips: text(columns.fips[at]), cow, gw}]
      }),
    )
  }
  return countries.get(iso3)
}

/**
 * A code that the data set's readers know: one that GDELT or ICEWS never lists is written as its parent.
 *
 * @throws CoderError `ontology-unreadable` where the table has no such code
 */
export function cameoCode(code: string): CameoCode {
  codes ??= new Map((data("ontologies/plover-2021/cameo.json") as {codes: Row[]}).codes.map(row => [row.code, row]))
  const listed = (isListed: (row: Row) => boolean): Row => {
    for (let row = codes?.get(code); row; row = row.parent === null ? undefined : codes?.get(row.parent)) if (isListed(row)) return row
    throw new CoderError("ontology-unreadable", `Cannot write the CAMEO code ${JSON.stringify(code)}: found no such code in ontologies/plover-2021/cameo.json`)
  }
  const gdelt = listed(row => row.in_gdelt_lookup)
  const icews = listed(row => row.in_icews)
  return {
    code: gdelt.code,
    base: gdelt.base_code,
    root: gdelt.root_code,
    quad: gdelt.quad_class,
    goldstein: gdelt.goldstein,
    icews: {code: icews.code, label: icews.label_icews ?? icews.label, intensity: icews.goldstein_icews ?? icews.goldstein},
  }
}

let isoCodes: ReadonlyMap<string, string> | undefined

/** ISO 3166 alpha-3 of a country as another project writes it: CAMEO's code, FIPS's, or its English name. */
export function countryOf(text: string, by: "cameo" | "fips" | "name"): string | undefined {
  countryCodes("KEN")
  isoCodes ??= new Map([...countries!].flatMap(([iso3, codes]) => (["name", "fips", "cameo"] as const).map(by => [`${by} ${codes[by].toLowerCase()}`, iso3])))
  return text === "" ? undefined : isoCodes.get(`${by} ${text.toLowerCase()}`)
}

/** What PLOVER makes of a CAMEO code. */
export type Plover = {readonly type: string; readonly mode: string | null; readonly contexts: readonly string[]}

let plover: ReadonlyMap<string, Plover | null> | undefined

/**
 * @returns `null` where PLOVER has no such event
 * @throws CoderError `row-unreadable` where CAMEO has no such code
 */
export function ploverOf(code: string): Plover | null {
  plover ??= new Map(
    Object.entries((data("ontologies/plover-2021/cameo-to-plover.json") as {codes: Record<string, [string, string | null, string[]] | null>}).codes).map(
      ([code, found]) => [code, found && {type: found[0], mode: found[1], contexts: found[2]}],
    ),
  )
  const found = plover.get(code)
  if (found !== undefined) return found
  throw new CoderError("row-unreadable", `Cannot read the event code: found ${JSON.stringify(code.slice(0, 20))}, expected a code of CAMEO`)
}

let cameo: ReadonlyMap<string, string> | undefined

/**
 * The CAMEO code that stands for a PLOVER type and mode where no text refines it; the type's own for a mode that is not known.
 *
 * @throws CoderError `row-unreadable` where PLOVER has no such type
 */
export function cameoOf(type: string, mode: string | null): string {
  cameo ??= new Map(
    (data("ontologies/plover-2021/plover-to-cameo.json") as {mappings: Mapping[]}).mappings.map(({plover_type, plover_mode, cameo}) => [
      `${plover_type} ${plover_mode ?? ""}`,
      cameo,
    ]),
  )
  const found = cameo.get(`${type} ${mode ?? ""}`) ?? cameo.get(`${type} `)
  if (found !== undefined) return found
  throw new CoderError("row-unreadable", `Cannot read the event type: found ${JSON.stringify(type.slice(0, 40))}, expected a type of PLOVER`)
}

type Mapping = {readonly plover_type: string; readonly plover_mode: string | null; readonly cameo: string}

function data(path: string): unknown {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url))
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (cause) {
    throw new CoderError("knowledge-unreadable", `Cannot read the table ${JSON.stringify(file)}: expected the package's own file`, {}, {cause})
  }
}
