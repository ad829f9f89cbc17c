// Organisations: intergovernmental bodies, parties, armed groups, media, companies and others.
import {hasSource, parts, rowsOf} from "./table.js"

export function organisations() {
  const rows = (hasSource("organisations.tsv") ? rowsOf("organisations.tsv") : []).map(([name, kind, country, sector, names]) => [
    name,
    kind,
    country || null,
    sector || null,
    parts(names),
  ])
  return {
    about: "Organisations that act politically. country: ISO 3166 alpha-3, IGO or null; sector: CAMEO role code.",
    source: "knowledge/build/sources/organisations.tsv (own)",
    licence: "CC0-1.0",
    day: "2026-11-25",
    columns: ["name", "kind", "country", "sector", "names"],
    rows,
  }
}
