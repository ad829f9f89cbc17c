// node scripts/countries.js: writes web/countries.json, what the map draws of a country, out of knowledge/ and ISO 3166's numbers.
import {readFileSync, writeFileSync} from "node:fs"
import {fileURLToPath} from "node:url"

const fold = text =>
  text
    .normalize("NFD")
    .replace(/\p{M}|[^\p{L}]/gu, "")
    .toLowerCase()

const read = path => readFileSync(new URL(`../knowledge/${path}`, import.meta.url), "utf8")

/** Rows `[iso3, number, name, capital, lon, lat]`; where the tables know no capital, the most populous city stands for it, and `null` where there is no city. */
export function countries() {
  const known = JSON.parse(read("countries/countries.json")).columns
  const cities = read("places/cities.tsv")
    .split("\n")
    .slice(1, -1)
    .map(line => line.split("\t"))
    .map(([, name, country, lat, lon, population]) => ({name, country, lat: Number(lat), lon: Number(lon), population: Number(population)}))
    .sort((one, other) => other.population - one.population)
  const codes = read("build/sources/country-codes.tsv")
  const numbers = new Map(codes.split("\n").map(line => [line.split("\t")[0], line.split("\t")[2]]))
  const places = new Map()
  for (const city of cities) places.set(city.country, [...(places.get(city.country) ?? []), city])
  return known.iso3.map((iso3, at) => {
    const own = places.get(iso3) ?? []
    const named = name => own.find(city => fold(city.name) === fold(name))
    const capital = [...known.capitals[at], known.name[at], `${known.name[at]} City`].map(named).find(one => one !== undefined) ?? own[0]
    const number = (numbers.get(iso3) || "").padStart(3, "0")
    const place = capital === undefined ? [null, null, null] : [capital.name, capital.lon, capital.lat]
    return [iso3, number === "000" ? null : number, known.name[at], ...place]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = countries().map(row => `  ${JSON.stringify(row)}`)
  writeFileSync(new URL("../web/countries.json", import.meta.url), `[\n${rows.join(",\n")}\n]\n`)
}
