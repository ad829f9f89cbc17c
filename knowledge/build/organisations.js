// Organisations: intergovernmental bodies, armed groups, services, parties, media, companies and others.
import {parts, rowsOf} from "./table.js"

export function organisations() {
  const rows = rowsOf("organisations.tsv").flatMap(([kind, country, sector, entries]) =>
    parts(entries).map(entry => {
      const [naming, governs] = entry.split("@")
      const [name, ...names] = naming.split("=").map(part => part.trim())
      return [
        name,
        kind === "organisation" && sector === "BUS" ? "company" : kind === "organisation" && sector === "MED" ? "media" : kind,
        country === "-" ? null : country,
        sector || null,
        names,
        governs ?? null,
      ]
    }),
  )
  return {
    about:
      "Organisations that act politically. country: ISO 3166 alpha-3, IGO or null; sector: CAMEO role code; parties are PTY whoever governs. governs: the day since which it is the government.",
    source: "knowledge/build/sources/organisations.tsv (own)",
    licence: "CC0-1.0",
    day: "2026-11-25",
    columns: ["name", "kind", "country", "sector", "names", "governs"],
    rows,
  }
}
