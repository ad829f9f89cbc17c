// Role nouns and phrases with their sector.
import {hasSource, rowsOf} from "./table.js"

export function roles() {
  const rows = (hasSource("roles.tsv") ? rowsOf("roles.tsv") : []).map(([phrase, sector, kind, flags]) => [
    phrase,
    sector || null,
    kind || "person",
    flags || "",
  ])
  return {
    about: "Role nouns and phrases, lower case, with their CAMEO role code and kind.",
    source: "knowledge/build/sources/roles.tsv (own); PLOVER agents of ahalterman/NGEC @787a06b",
    licence: "CC0-1.0; MIT, Copyright (c) 2014 Open Event Data Alliance",
    day: "2026-11-25",
    columns: ["phrase", "sector", "kind", "flags"],
    rows,
  }
}
