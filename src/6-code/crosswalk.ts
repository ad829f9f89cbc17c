import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {basename, join, resolve} from "node:path"
import {type Actor, CoderError, csvRows, type EventRecord, type OtherCode, statuses} from "../0-records/index.ts"
import type {Ontology} from "./ontology.ts"

/** Another ontology, as rows that say which of its codes an event of the coder's own gets. Docs: docs/ontologies.md. */
export type Crosswalk = {readonly name: string; readonly hash: string; readonly rules: readonly Rule[]}

/** What a rule asks of an event; what it does not name may be anything. */
type Rule = {readonly tests: readonly ((event: Asked) => boolean)[]; readonly code: string | null; readonly sub: string | null}

type Asked = Pick<EventRecord, "type" | "mode" | "status" | "contexts" | "actors" | "recipients">

const columns = ["type", "mode", "status", "contexts", "actor", "recipient", "code", "sub"] as const
type Column = (typeof columns)[number]

/** What each column looks at. */
const seen: Readonly<Record<Exclude<Column, "code" | "sub">, (event: Asked) => readonly string[]>> = {
  type: ({type}) => [type],
  mode: ({mode}) => (mode === null ? [] : [mode]),
  status: ({status}) => [status],
  contexts: ({contexts}) => contexts,
  actor: ({actors}) => sectorsOf(actors),
  recipient: ({recipients}) => sectorsOf(recipients),
}

const sectorsOf = (sides: readonly Actor[]) => sides.flatMap(({sector}) => sector ?? [])

/**
 * Opens the folder of another ontology: its `crosswalk.csv`.
 *
 * @param own  whose types and modes the crosswalk maps from
 * @throws CoderError `ontology-unreadable`, with file and line of the first wrong row
 */
export function openCrosswalk(folder: string, own: Ontology): Crosswalk {
  const path = join(folder, "crosswalk.csv")
  const bytes = readCrosswalk(path)
  const [head, ...rows] = csvRows(bytes.toString("utf8"))
  const names = head?.cells.map(name => name.trim().toLowerCase()) ?? []
  const stranger = names.find(name => !columns.some(column => column === name))
  if (stranger !== undefined) throw wrong(path, 1, `found the column ${JSON.stringify(stranger)}, expected ${columns.join(", ")}`)
  if (!names.includes("code")) throw wrong(path, 1, 'found no column "code"')
  const rules = rows.flatMap(({cells, line}) => {
    if (cells.every(cell => cell.trim() === "")) return []
    if (cells.length !== names.length) throw wrong(path, line, `found ${cells.length} cells, expected ${names.length}`)
    return [
      ruleOf(
        column => cells[names.indexOf(column)]?.trim() ?? "",
        allowedIn(own),
        message => wrong(path, line, message),
      ),
    ]
  })
  if (rules.length === 0) throw wrong(path, 1, "found no row below the header")
  return {name: basename(resolve(folder)), hash: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, rules}
}

/** The event with its code in the other ontology: that of the first rule that fits. */
export function recast<Event extends EventRecord>(event: Event, {name, hash, rules}: Crosswalk): Event {
  const rule = rules.find(({tests}) => tests.every(test => test(event)))
  const also: OtherCode = {ontology: name, hash, code: rule?.code ?? null, sub: rule?.sub ?? null}
  return {...event, also}
}

function ruleOf(cell: (column: Column) => string, allowed: Readonly<Partial<Record<Column, RegExp>>>, fail: (message: string) => CoderError): Rule {
  if (cell("code") === "") throw fail('found no code, expected one, or "-" for none')
  const tests = (Object.keys(seen) as (keyof typeof seen)[]).flatMap(column => {
    const told = cell(column)
    if (told === "") return []
    const isNot = told.startsWith("!")
    const values = told.slice(isNot ? 1 : 0).split("|")
    const isNone = told === "-"
    const odd = isNone ? undefined : values.find(value => !(allowed[column] ?? /^[A-Z]{3}$/).test(value))
    if (odd !== undefined) throw fail(`found ${JSON.stringify(odd)} as ${column}, expected ${expected[column]}`)
    return [
      (event: Asked) => {
        const found = seen[column](event)
        if (isNone) return found.length === 0
        const isThere = found.some(value => values.includes(value))
        return isNot ? found.length > 0 && !isThere : isThere
      },
    ]
  })
  const [code, sub] = [cell("code"), cell("sub")]
  return {tests, code: code === "-" ? null : code, sub: sub || null}
}

const expected: Readonly<Record<keyof typeof seen, string>> = {
  type: "types of PLOVER",
  mode: "modes of PLOVER",
  status: statuses.join(", "),
  contexts: "contexts in lower case",
  actor: "CAMEO role codes of three capitals",
  recipient: "CAMEO role codes of three capitals",
}

function allowedIn({types}: Ontology): Readonly<Partial<Record<Column, RegExp>>> {
  const any = (values: Iterable<string>) => new RegExp(`^(?:${[...values].join("|")})$`)
  const modes = [...types.values()].flatMap(({cameo}) => [...cameo.keys()].filter(Boolean))
  return {type: any(types.keys()), mode: any(modes), status: any(statuses), contexts: /^[a-z_]+$/}
}

function readCrosswalk(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CoderError("ontology-unreadable", `Cannot read the ontology: found no file ${JSON.stringify(path)}`, {input: path}, {cause})
  }
}

const wrong = (path: string, line: number, message: string) =>
  new CoderError("ontology-unreadable", `Cannot read the crosswalk: ${message}`, {input: path, line})
