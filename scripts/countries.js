// node scripts/countries.js: writes web/countries.json, what the map draws of a country, out of knowledge/ and ISO 3166's numbers.
import {readFileSync, writeFileSync} from "node:fs"
import {fileURLToPath} from "node:url"

const fold = text =>
  text
    .normalize("NFD")
    .replace(/\p{M}|[^\p{L}]/gu, "")
    .toLowerCase()

const columns = path => JSON.parse(readFileSync(new URL(`../knowledge/${path}`, import.meta.url), "utf8")).columns

/** Rows `[iso3, number, name, capital, lon, lat]`; where the tables know no capital, the most populous city stands for it, and `null` where there is no city. */
export function countries() {
  const known = columns("countries/countries.json")
  const cities = columns("places/cities.json")
  const codes = readFileSync(new URL("../knowledge/build/sources/country-codes.tsv", import.meta.url), "utf8")
  const numbers = new Map(codes.split("\n").map(line => [line.split("\t")[0], line.split("\t")[2]]))
  const places = new Map()
  for (const [at, iso3] of cities.country.entries()) places.set(iso3, [...(places.get(iso3) ?? []), at])
  return known.iso3.map((iso3, at) => {
    const own = places.get(iso3) ?? []
    const named = name => own.find(one => fold(cities.name[one]) === fold(name))
    const capital = [...known.capitals[at], known.name[at], `${known.name[at]} City`].map(named).find(one => one !== undefined) ?? own[0]
    const number = (numbers.get(iso3) || "").padStart(3, "0")
    const place = capital === undefined ? [null, null, null] : [cities.name[capital], cities.lon[capital], cities.lat[capital]]
    return [iso3, number === "000" ? null : number, known.name[at], ...place]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = countries().map(row => `  ${JSON.stringify(row)}`)
  writeFileSync(new URL("../web/countries.json", import.meta.url), `[\n${rows.join(",\n")}\n]\n`)
}
