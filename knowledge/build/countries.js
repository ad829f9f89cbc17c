// Countries and territories: the project's own list, with codes from the crosswalk.
import {parts, rowsOf, withPlural} from "./table.js"

export function countries() {
  const codes = new Map(rowsOf("country-codes.tsv").map(row => [row[0], row]))
  const rows = rowsOf("countries.tsv").map(([iso3, name, others, nationalities, capitals, seats]) => {
    const [, iso2 = null, , , cameo, fips, cow, , gw] = codes.get(iso3) ?? []
    return [
      iso3,
      iso2 || null,
      name,
      parts(others),
      parts(nationalities).flatMap(withPlural),
      parts(capitals),
      parts(seats),
      cameo || null,
      fips || null,
      Number(cow) || null,
      Number(gw) || null,
    ]
  })
  return {
    about: "Countries and territories with names, nationalities, capitals and seats of government, and the codes of other projects.",
    source: "knowledge/build/sources/countries.tsv (own), country-codes.tsv (facts: ISO, FIPS, COW, Gleditsch-Ward, GDELT CAMEO)",
    licence: "CC0-1.0",
    day: "2026-11-25",
    columns: ["iso3", "iso2", "name", "names", "nationalities", "capitals", "seats", "cameo", "fips", "cow", "gw"],
    rows,
  }
}
