import {CoderError, type EventRecord, slice, statuses} from "../0-records/index.ts"
import {lot} from "./chance.ts"
import {escaped, page} from "./html.ts"

/** What a sample is cut by. */
export const strataBy = ["type", "status", "confidence"] as const
export type StrataBy = (typeof strataBy)[number]

/** A row that was drawn, with what stands around its sentence in the report. */
export type Drawn = {readonly event: EventRecord; readonly stratum: string; readonly before: string; readonly after: string}

/** What the sheet hides: the strata with all their rows, and the coder's answers, by the sheet's row numbers. */
export type Key = {
  readonly by: StrataBy
  readonly seed: number
  readonly strata: Readonly<Record<string, number>>
  readonly rows: readonly {readonly row: number; readonly stratum: string; readonly event: EventRecord}[]
}

/**
 * Draws rows by strata, as many from each as from the others as far as it has them. Which ones, the seed and their ids alone decide, in
 * whatever order they come; no more than `n` rows a stratum are held.
 */
export function drawer(n: number, by: StrataBy, seed: number) {
  const population = new Map<string, number>()
  const held = new Map<string, {lot: number; drawn: Drawn}[]>()
  return {
    add(event: EventRecord, text: string): void {
      const stratum = stratumOf(event, by)
      population.set(stratum, (population.get(stratum) ?? 0) + 1)
      const own = held.get(stratum) ?? []
      held.set(stratum, own)
      const drawn = lot(event.id, seed)
      if (own.length >= n && drawn >= own.at(-1)!.lot) return
      const {start, end} = event.sentence
      const around = {before: slice(text, Math.max(0, start - reach), start).trim(), after: slice(text, end, end + reach).trim()}
      const at = own.findIndex(other => other.lot > drawn)
      own.splice(at < 0 ? own.length : at, 0, {lot: drawn, drawn: {event, stratum, ...around}})
      if (own.length > n) own.pop()
    },
    /** The drawn rows in the sheet's order, which tells nothing of the strata, and the key. */
    end(): {drawn: Drawn[]; key: Key} {
      const share = sharesOf(new Map([...held].map(([stratum, own]) => [stratum, own.length])), n)
      const drawn = [...held]
        .flatMap(([stratum, own]) => own.slice(0, share.get(stratum)))
        .map(({drawn}) => ({drawn, lot: lot(drawn.event.id, seed + 1)}))
        .sort((one, other) => one.lot - other.lot || (one.drawn.event.id < other.drawn.event.id ? -1 : 1))
        .map(({drawn}) => drawn)
      const strata = Object.fromEntries([...population].sort(([one], [other]) => (one < other ? -1 : 1)))
      return {drawn, key: {by, seed, strata, rows: drawn.map(({event, stratum}, at) => ({row: at + 1, stratum, event}))}}
    },
  }
}

/** Code points before and after the sentence, so that a person sees whom "he" means. */
const reach = 400

function stratumOf({type, status, confidence}: EventRecord, by: StrataBy): string {
  if (by !== "confidence") return by === "type" ? type : status
  const from = Math.min(4, Math.floor(confidence * 5)) / 5
  return `${from.toFixed(1)}–${(from + 0.2).toFixed(1)}`
}

/** Equal shares of `n`; what a small stratum cannot fill goes to the others. */
function sharesOf(sizes: ReadonlyMap<string, number>, n: number): Map<string, number> {
  const shares = new Map<string, number>()
  let left = n
  const rising = [...sizes].sort(([one, size], [other, more]) => size - more || (one < other ? -1 : 1))
  for (const [at, [stratum, size]] of rising.entries()) {
    const share = Math.min(size, Math.floor(left / (rising.length - at)))
    shares.set(stratum, share)
    left -= share
  }
  return shares
}

/** The sheet's columns: what is given, then what the person fills in. */
export const sheetColumns = ["row", "published", "title", "before", "sentence", "after", "type", "actor", "recipient", "status", "right", "note"] as const

/** The sheet as CSV, with the trigger in [[double brackets]]; safe to open in a spreadsheet. */
export function sheetCsv(drawn: readonly Drawn[]): string {
  const rows = drawn.map(({event, before, after}, at) => {
    const [head, trigger, tail] = around(event)
    return [String(at + 1), event.report.published ?? "", event.report.title ?? "", before, `${head}[[${trigger}]]${tail}`, after, "", "", "", "", "", ""]
  })
  return [sheetColumns, ...rows].map(row => `${row.map(cell).join(",")}\r\n`).join("")
}

/** A text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP ASVS 1.2.10). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text
  return /[",;\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function around({sentence, trigger}: EventRecord): [string, string, string] {
  const [start, end] = [trigger.start - sentence.start, trigger.end - sentence.start]
  return [slice(sentence.text, 0, start), slice(sentence.text, start, end), slice(sentence.text, end)]
}

const rules = [
  "Code the event that the marked words tell, by the sentence; the words before and after it only say who is meant.",
  "type: one of the types below, or none where the marked words tell no event.",
  "actor, recipient: their words in the sentence, or a name; - where nobody is named. An empty cell is not judged.",
  `status: ${statuses.join(", ")}.`,
  "right: leave it empty while you code blind. Who has seen the coder's answer may write yes or no there, which then decides.",
]

/** The sheet to read or print, with room to write; the same rows as the CSV. `types` are the ontology's. */
export function sheetHtml(drawn: readonly Drawn[], types: readonly string[]): string {
  const blank = (name: string) => `<div class="blank"><b>${name}</b></div>`
  const rows = drawn.map(({event, before, after}, at) => {
    const [head, trigger, tail] = around(event).map(escaped)
    const {title, published} = event.report
    const about = [published, title].filter(part => part !== null).map(part => escaped(part))
    return `<section><h2>${at + 1}</h2><p class="quiet">${about.join(" · ")}</p><p dir="auto"><span class="quiet">${escaped(before)}</span> ${head}<mark>${trigger}</mark>${tail} <span class="quiet">${escaped(after)}</span></p><div class="blanks">${["type", "actor", "recipient", "status", "right", "note"].map(blank).join("")}</div></section>`
  })
  const style = `section { break-inside: avoid; border-top: 1px solid var(--line) } h2 { font-size: 1rem } mark { background: #ffe08a; color: #1c1c1c }
.blanks { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem } .blank { border-bottom: 1px solid var(--quiet); min-height: 2rem; font-size: .8rem }
`
  const help = `<ul>${[...rules, `Types: ${types.join(", ")}.`].map(rule => `<li>${escaped(rule)}</li>`).join("")}</ul>`
  return page("Coding sheet", [help, ...rows].join("\n"), style)
}

/** A row of a filled sheet, by column. */
export type SheetRow = Readonly<Record<string, string>>

/**
 * Reads a filled sheet as spreadsheets save it: commas, semicolons or tabs, by its first line; cells in quotation marks may hold line ends.
 *
 * @throws CoderError `column-missing`
 */
export function sheetRows(text: string, input: string): SheetRow[] {
  const plain = text.replace(/^\ufeff/, "")
  const first = plain.split(/\r?\n/, 1)[0] ?? ""
  const separator = [",", ";", "\t"].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best))
  const [head = [], ...rows] = cut(plain, separator)
  const names = head.map(name => name.trim().toLowerCase())
  for (const column of ["row", "type"]) {
    if (names.includes(column)) continue
    throw new CoderError(
      "column-missing",
      `Cannot find the column "${column}" of the sheet: found ${names
        .map(name => `"${name}"`)
        .join(", ")
        .slice(0, 200)}`,
      {input},
    )
  }
  return rows.filter(row => row.some(value => value.trim() !== "")).map(row => Object.fromEntries(names.map((name, at) => [name, (row[at] ?? "").trim()])))
}

function cut(text: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, "g")
  for (let found = cells.exec(text); found && found.index < text.length; found = cells.exec(text)) {
    rows.at(-1)!.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "")
    if (found[3] === "") break
    if (found[3] !== separator) rows.push([])
  }
  return rows
}

/** Of a stratum or of all: shares of rows that were right; `null` where none was judged. `interval` is of `right`. */
export type StratumScore = {
  readonly name: string
  readonly population: number
  readonly judged: number
  readonly right: number | null
  readonly interval: readonly [number, number] | null
  readonly parts: Readonly<Record<Part, number | null>>
}

type Part = "type" | "actor" | "recipient" | "status"
const parts: readonly Part[] = ["type", "actor", "recipient", "status"]

export type SheetScores = {readonly rows: number; readonly answered: number; readonly strata: readonly StratumScore[]; readonly overall: StratumScore}

/**
 * Compares a filled sheet with its key. A row is right where type and both sides are, or where the person wrote so.
 *
 * A stratum's interval is Wilson's (1927). The overall figure weighs each stratum by its rows (Cochran 1977, Sampling Techniques, ch. 5); its variance
 * takes (right + 1) / (judged + 2) for a stratum's share, so that a stratum without a fault claims no certainty, and leaves out what was
 * drawn already. Strata without an answer are left out of the weights.
 *
 * @throws CoderError `row-unreadable` for an answer that is none, with the sheet's row
 */
export function scoreSheet(rows: readonly SheetRow[], {strata, rows: drawn}: Key, input: string): SheetScores {
  const filled = new Map(rows.map(row => [row.row, row]))
  const verdicts = drawn.flatMap(({row, stratum, event}) => {
    const answer = filled.get(String(row))
    const verdict = answer && verdictOf(answer, event, {input, line: row})
    return verdict ? [{stratum, ...verdict}] : []
  })
  const each = Object.entries(strata).map(([name, population]) =>
    stratumScore(
      name,
      population,
      verdicts.filter(({stratum}) => stratum === name),
    ),
  )
  return {rows: drawn.length, answered: verdicts.length, strata: each, overall: overallOf(each)}
}

type Verdict = {readonly right: boolean} & {readonly [P in Part]: boolean | null}

function verdictOf(answer: SheetRow, event: EventRecord, place: {input: string; line: number}): Verdict | null {
  const unknown = (column: string, value: string, expected: string) =>
    new CoderError("row-unreadable", `Cannot read ${JSON.stringify(value)} as "${column}" in row ${place.line} of the sheet: expected ${expected}`, place)
  const [type, status, said] = ["type", "status", "right"].map(column => (answer[column] ?? "").toLowerCase()) as [string, string, string]
  if (status !== "" && !statuses.some(name => name === status)) throw unknown("status", status, statuses.join(", "))
  if (said !== "" && !yes.test(said) && !no.test(said)) throw unknown("right", said, "yes or no")
  const typeRight = type === "" ? null : type === event.type.toLowerCase()
  const sides = ([answer.actor, answer.recipient] as const).map((words, at) => isWho(words ?? "", at === 0 ? event.actors : event.recipients))
  const found = {
    type: typeRight,
    actor: typeRight ? sides[0]! : null,
    recipient: typeRight ? sides[1]! : null,
    status: typeRight && status !== "" ? status === event.status : null,
  }
  if (said !== "") return {...found, right: yes.test(said)}
  return typeRight === null ? null : {...found, right: typeRight && found.actor !== false && found.recipient !== false}
}

const yes = /^(?:y|yes|true|1|right)$/
const no = /^(?:n|no|false|0|wrong)$/

/** Whether a person's words mean one of the side: a word in common with its words or name, or its code. `null` where the cell is empty. */
function isWho(words: string, side: EventRecord["actors"]): boolean | null {
  if (words === "") return null
  if (/^'?[-–—]$|^none$|^nobody$/i.test(words)) return side.length === 0
  const own = wordsIn(words)
  return side.some(({text, name, code, country}) => {
    const theirs = new Set([...wordsIn(text), ...wordsIn(name), ...[code, country].flatMap(one => one?.toLowerCase() ?? [])])
    return own.some(word => theirs.has(word))
  })
}

const wordsIn = (text: string) => (text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter(word => !small.has(word))
const small = new Set(["the", "a", "an", "of", "and", "in", "for", "to", "s"])

function stratumScore(name: string, population: number, verdicts: readonly Verdict[]): StratumScore {
  const right = verdicts.filter(verdict => verdict.right).length
  const share = (part: Part) => {
    const judged = verdicts.flatMap(verdict => verdict[part] ?? [])
    return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length
  }
  return {
    name,
    population,
    judged: verdicts.length,
    right: verdicts.length === 0 ? null : right / verdicts.length,
    interval: verdicts.length === 0 ? null : wilson(right, verdicts.length),
    parts: {type: share("type"), actor: share("actor"), recipient: share("recipient"), status: share("status")},
  }
}

/** The normal quantile of 95 of 100. */
const z = 1.959964

function wilson(right: number, all: number): [number, number] {
  const share = right / all
  const middle = (share + z ** 2 / (2 * all)) / (1 + z ** 2 / all)
  const half = (z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all)
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

function overallOf(strata: readonly StratumScore[]): StratumScore {
  const name = "all, weighted"
  const judged = strata.reduce((sum, stratum) => sum + stratum.judged, 0)
  const weighted = (share: (stratum: StratumScore) => number | null) => {
    const own = strata.filter(stratum => share(stratum) !== null)
    const whole = own.reduce((sum, {population}) => sum + population, 0)
    return whole === 0 ? null : own.reduce((sum, stratum) => sum + (stratum.population / whole) * share(stratum)!, 0)
  }
  const right = weighted(stratum => stratum.right)
  const answered = strata.filter(stratum => stratum.judged > 0)
  const whole = answered.reduce((sum, {population}) => sum + population, 0)
  const variance = answered.reduce((sum, {population, judged, right}) => {
    const share = (right! * judged + 1) / (judged + 2)
    return sum + (population / whole) ** 2 * (1 - judged / population) * ((share * (1 - share)) / judged)
  }, 0)
  const half = z * Math.sqrt(variance)
  return {
    name,
    population: strata.reduce((sum, {population}) => sum + population, 0),
    judged,
    right,
    interval: right === null ? null : [Math.max(0, right - half), Math.min(1, right + half)],
    parts: Object.fromEntries(parts.map(part => [part, weighted(stratum => stratum.parts[part])])) as StratumScore["parts"],
  }
}
