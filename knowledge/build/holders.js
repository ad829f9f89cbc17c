// People and the offices they held, with days.
import {hasSource, rowsOf} from "./table.js"

export function holders() {
  const rows = hasSource("holders.tsv") ? rowsOf("holders.tsv") : []
  return {
    about: "People and the offices they held.",
    source: "Wikidata by way of every-politician-scrapers; own rows are marked recalled",
    licence: "CC0-1.0",
    day: "2026-11-25",
    columns: ["person", "country", "office", "sector", "start", "end", "asOf"],
    rows,
  }
}
