// People and the offices they held: the snapshot of Wikidata's holders, then people from memory, which rank last.
import {keyOf, parts, rowsOf, sorted} from "./table.js"

/** What "open" means for rows from memory. */
const recalledUpTo = "2025-09-30"

const firstDay = date => ({4: `${date}-01-01`, 7: `${date}-01`, 10: date})[date.length] ?? `${date.slice(0, 4)}-01-01`

function lastDay(date) {
  if (date.length === 10) return date
  if (date.length === 7) return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).toISOString().slice(0, 10)
  return `${date.slice(0, 4)}-12-31`
}

const familyNameFirst = new Set(["CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "MAC"])
/** Where the first of two surnames is the one that news use: "Roberto Álvarez Gil" → "alvarez". */
const doubled = new Set("ESP MEX COL VEN PER CHL ARG ECU BOL CUB DOM GTM HND SLV NIC CRI PAN PRY URY".split(" "))

/** Offices of which a country has one, so that the office alone names the holder. */
const unique = new Set(["head-of-state", "head-of-government", "foreign", "defence"])

const particles = new Set("al el ben bin ibn ould van von de da del della der den di dos du la le abu umm ter mac st zu".split(" "))

/** Keys of the last names that news use for a person: "Nicolás Maduro" → "maduro", "Bashar al-Assad" → "al assad", "assad". */
function lastNames(name, country) {
  const words = keyOf(name.replace(/\b(Jr|Sr)\.?$|\b[IVX]+$/, "")).split(" ")
  if (words.length < 2) return words
  if (familyNameFirst.has(country) && words.length <= 3) return [words[0]]
  const last = words.at(-1)
  const before = words.slice(0, -1)
  let start = before.length
  while (start > 1 && particles.has(before[start - 1])) start--
  const full = [...before.slice(start), last].join(" ")
  const hyphenated = /[-–]\S+$/.test(name) ? [words.slice(-2).join(" ")] : []
  const first = doubled.has(country) && words.length === 3 && start === before.length ? [words[1]] : []
  return [...new Set([full, last, ...hyphenated, ...first])]
}

/** Lets a month from memory stand for a bare year, and an end for none. */
function sharpen(known, recalled) {
  if (known.from.endsWith("-01-01") && known.from.slice(0, 4) === recalled.from.slice(0, 4)) known.from = recalled.from
  if (known.isOpen && recalled.to > known.to) Object.assign(known, {to: recalled.to, isOpen: recalled.isOpen})
  else if (known.to.endsWith("-12-31") && known.to.slice(0, 4) === recalled.to.slice(0, 4) && !recalled.isOpen) known.to = recalled.to
}

/** Four tables of the same people: by name, by last name, by office, and the first names that three of them or more have. */
export function holders() {
  const countries = new Set(rowsOf("countries.tsv").flatMap(([, name, others]) => [name, ...parts(others)].map(keyOf)))
  const people = new Map() // key → person
  const personOf = names => {
    const known = names.map(name => people.get(keyOf(name))).find(Boolean)
    const person = known ?? {name: names[0], names: new Set(), terms: []}
    for (const name of names) {
      if (name !== person.name) person.names.add(name)
      people.set(keyOf(name), person)
    }
    return person
  }

  for (const [name, country, office, duty, sector, start, end, asOf] of rowsOf("holders.tsv")) {
    const of = / of (?:the )?(.+)$/.exec(office)?.[1]
    const isRegional =
      (duty === "head-of-state" || duty === "head-of-government") &&
      of &&
      !/republic|ministers|state$|government|workers/i.test(of) &&
      !countries.has(keyOf(of))
    const to = end || asOf
    personOf([name]).terms.push({
      country,
      duty: isRegional ? "regional" : duty,
      sector,
      from: firstDay(start || "1990"),
      to: lastDay(to),
      isOpen: !end,
      office,
      recalled: false,
    })
  }
  for (const [country, duty, sector, office, entries] of rowsOf("recalled.tsv")) {
    for (const entry of parts(entries)) {
      const [naming, days] = entry.split("@")
      const [, start, end] = /^(\d{4}(?:-\d{2}(?!\d))?)(?:-(\d{4}(?:-\d{2})?)?)?$/.exec(days) ?? []
      if (!start) throw new Error(`recalled.tsv: ${entry}`)
      const person = personOf(naming.split("=").map(name => name.trim()))
      const term = {
        country: country === "-" ? "" : country,
        duty,
        sector,
        from: firstDay(start),
        to: end ? lastDay(end) : recalledUpTo,
        isOpen: !end,
        office,
        recalled: true,
      }
      const same = person.terms.find(
        other => other.country === term.country && other.duty === duty && Math.abs(Number(other.from.slice(0, 4)) - Number(start.slice(0, 4))) <= 1,
      )
      if (!same) person.terms.push(term)
      else sharpen(same, term)
    }
  }

  const persons = [...new Set(people.values())].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const [named, last, office, given] = [[], [], [], new Map()]
  for (const person of persons) {
    const {name, names, terms} = person
    terms.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
    const told = terms.map(({country, duty, sector, from, to, isOpen, recalled}) =>
      [country, duty, sector, from, to, (isOpen ? "o" : "") + (recalled ? "r" : "")].join(";"),
    )
    for (const one of [name, ...names]) {
      named.push([keyOf(one), name, told.join("|")])
      for (const key of lastNames(one, terms[0].country)) last.push([key, name])
    }
    for (const {country, duty} of terms) if (unique.has(duty)) office.push([`${country};${duty}`, name])
    const first = /^\S+(?= \S)/.exec(name)?.[0]
    if (first) given.set(keyOf(first), (given.get(keyOf(first)) ?? 0) + 1)
  }
  const byName = sorted(named)
  const lineOf = new Map(byName.map(([, name], line) => [name, line]))
  const byLine = lines => sorted(lines).map(([key, name]) => [key, lineOf.get(name)])
  const facts = {
    source:
      "Wikidata by way of every-politician-scrapers (knowledge/build/sources/holders.tsv, read 2022-07 to 2023-03, heads of state and government to 2026); recalled.tsv (own, from memory)",
    licence: "CC0-1.0",
    day: "2026-11-25",
  }
  return {
    people: {
      about:
        "People and the offices they held, by each of their names. terms: country;duty;sector;from;to;marks, | between; marks: o open, r recalled. An open term is known to be open only up to `to`. r: from memory.",
      ...facts,
      columns: ["key", "name", "terms"],
      lines: byName,
    },
    lastNames: {
      about: "Last names that news use, and whose they are: the line of people.tsv below its head, from 0.",
      ...facts,
      columns: ["key", "line"],
      lines: byLine(last),
    },
    holders: {
      about: "Offices of which a country has one, and who held them: the line of people.tsv below its head, from 0.",
      ...facts,
      columns: ["key", "line"],
      lines: byLine(office),
    },
    firstNames: {
      about: "First names of three people or more of people.tsv, with how many.",
      ...facts,
      columns: ["key", "people"],
      lines: sorted([...given].filter(([, count]) => count >= 3)),
    },
  }
}
