// Given names with the gender that they tell.
import {keyOf, parts, rowsOf} from "./table.js"

export function givenNames() {
  const rows = rowsOf("given-names.tsv").flatMap(([gender, names]) => parts(names).map(name => [keyOf(name), gender]))
  return {
    about: "Given names that nearly always tell one gender, by their key: f or m. They help to tell whom he and she mean.",
    source: "knowledge/build/sources/given-names.tsv (own, from memory)",
    licence: "CC0-1.0",
    day: "2026-11-26",
    columns: ["name", "gender"],
    rows,
  }
}
