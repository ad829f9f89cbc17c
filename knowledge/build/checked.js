// How far rows from memory can be trusted: `node knowledge/build/checked.js` prints the error of a checked sample, and how often
// the years of a person in an office differ from Wikidata's where both have them.
import {parts, rowsOf} from "./table.js"

const sample = rowsOf("recalled-checked.tsv")
const wrong = sample.filter(([, , , verdict]) => verdict === "wrong").length
console.log(`checked by hand: ${wrong} of ${sample.length} people wrong in office, sector or days (${percent(wrong, sample.length)})`)

/** Years in which somebody held an office of one kind in a country, by both sources. */
const held = new Map()
for (const [person, country, , duty, , start, end, asOf] of rowsOf("holders.tsv")) {
  const key = `${country} ${duty} ${person}`
  held.set(key, [...(held.get(key) ?? []), [year(start), year(end || asOf)]])
}
const counts = new Map()
for (const [country, duty, , , people] of rowsOf("recalled.tsv")) {
  for (const part of parts(people)) {
    const [names, days = ""] = part.split("@")
    const terms = names.split("=").flatMap(name => held.get(`${country} ${duty} ${name}`) ?? [])
    const [, from] = /^(\d{4})/.exec(days) ?? []
    if (terms.length === 0 || !from) continue
    const isSame = terms.some(([first]) => Math.abs(first - Number(from)) <= 1)
    const known = counts.get(duty) ?? {same: 0, all: 0}
    counts.set(duty, {same: known.same + (isSame ? 1 : 0), all: known.all + 1})
  }
}
const all = [...counts.values()].reduce((sum, {same, all}) => ({same: sum.same + same, all: sum.all + all}), {same: 0, all: 0})
console.log(`also in Wikidata's rows: ${all.all}; another first year there (by more than one): ${all.all - all.same} (${percent(all.all - all.same, all.all)})`)
for (const [duty, {same, all}] of [...counts].sort(([, a], [, b]) => b.all - a.all)) console.log(`  ${duty}: ${all - same} of ${all}`)

function year(date) {
  return Number(date.slice(0, 4))
}

/** With Wilson's interval that holds 95 of 100. */
function percent(part, whole) {
  const [p, z] = [part / whole, 1.96]
  const [middle, half] = [p + (z * z) / (2 * whole), z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))]
  const of = one => ((100 * one) / (1 + (z * z) / whole)).toFixed(1)
  return `${(100 * p).toFixed(1)} %, ${of(middle - half)} to ${of(middle + half)}`
}
