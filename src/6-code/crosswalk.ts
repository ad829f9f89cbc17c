import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {basename, join, resolve} from "node:path"
import {type Actor, CoderError, csvTable, type EventRecord, type OtherCode, statuses} from "../0-records/index.ts"
import type {Ontology} from "./ontology.ts"

/** Another ontology, as rows that say which of its codes an event of the coder's own gets. Docs: docs/ontologies.md. */
export type Crosswalk = {readonly name: string; readonly hash: string; readonly rules: readonly Rule[]}

/** What a rule asks of an event; what it does not name may be anything. */
type Rule = {readonly tests: readonly ((event: Asked) => boolean)[]; readonly code: string | null; readonly sub: string | null}

type Asked = Pick<EventRecord, "type" | "mode" | "status" | "contexts" | "actors" | "recipients">

type Column = "type" | "mode" | "status" | "contexts" | "actor" | "recipient"

/** What each column looks at. */
const seen: Readonly<Record<Column, (event: Asked) => readonly string[]>> = {
  type: ({type}) => [type],
  mode: ({mode}) => (mode === null ? [] : [mode]),
  status: ({status}) => [status],
  contexts: ({contexts}) => contexts,
  actor: ({actors}) => sectorsOf(actors),
  recipient: ({recipients}) => sectorsOf(recipients),
}

const columns = [...Object.keys(seen), "code*", "sub"]

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
  const fail = (line: number, message: string) => wrong(path, line, message)
  const allowed = allowedIn(own)
  // Row by row, so that a wrong one is told before a later one of the wrong length.
  const rules = Array.from(csvTable(bytes.toString("utf8"), columns, fail), ({cell, line}) => ruleOf(cell, allowed, message => fail(line, message)))
  if (rules.length === 0) throw wrong(path, 1, "found no row below the header")
  return {name: basename(resolve(folder)), hash: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, rules}
}

/** The event with its code in the other ontology: that of the first rule that fits. */
export function recast<Event extends EventRecord>(event: Event, {name, hash, rules}: Crosswalk): Event {
  const rule = rules.find(({tests}) => tests.every(test => test(event)))
  const also: OtherCode = {ontology: name, hash, code: rule?.code ?? null, sub: rule?.sub ?? null}
  return {...event, also}
}

function ruleOf(cell: (column: string) => string, allowed: Readonly<Record<Column, RegExp>>, fail: (message: string) => CoderError): Rule {
  if (cell("code") === "") throw fail('found no code, expected one, or "-" for none')
  const tests = (Object.keys(seen) as Column[]).flatMap(column => {
    const told = cell(column)
    if (told === "") return []
    const isNot = told.startsWith("!")
    const values = told.slice(isNot ? 1 : 0).split("|")
    const isNone = told === "-"
    const odd = isNone ? undefined : values.find(value => !allowed[column].test(value))
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

const expected: Readonly<Record<Column, string>> = {
  type: "types of PLOVER",
  mode: "modes of PLOVER",
  status: statuses.join(", "),
  contexts: "contexts in lower case",
  actor: "CAMEO role codes of three capitals",
  recipient: "CAMEO role codes of three capitals",
}

function allowedIn({types}: Ontology): Readonly<Record<Column, RegExp>> {
  const any = (values: Iterable<string>) => new RegExp(`^(?:${[...values].join("|")})$`)
  const modes = [...types.values()].flatMap(({cameo}) => [...cameo.keys()].filter(Boolean))
  const sector = /^[A-Z]{3}$/
  return {type: any(types.keys()), mode: any(modes), status: any(statuses), contexts: /^[a-z_]+$/, actor: sector, recipient: sector}
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
