import {type Correction, printable} from "../0-records/index.ts"
import {openStore} from "../8-store/index.ts"
import type {Verb} from "./call.ts"
import {answerFormat, answerFormatOf, out, quiet, storeOf, storeOption} from "./options.ts"
import {write} from "./run.ts"
import {count, seconds} from "./tell.ts"

export const corrections: Verb = {
  name: "corrections",
  about: "list what reviewers said of a store's events",
  inputs: "",
  notes: [
    "The newest first: who, when, field by field what was and what is, and why. A later coding of the report takes them over; those that found no",
    'row in it are marked "no row" and come back with one that has it. The page /review of communique serve is where they are made.',
  ],
  options: [
    storeOption,
    {name: "unattached", about: "only those that found no row in the present coding"},
    {name: "report", takes: "ID", about: "of one report, by its id or url"},
    {name: "reviewer", takes: "NAME", about: "of one reviewer"},
    answerFormat,
    out,
    quiet,
  ],
  examples: ["communique corrections --store project.duckdb", "communique corrections --store project.duckdb --unattached --format jsonl --out lost.jsonl"],
  run: async call => {
    const path = storeOf(call)
    const format = answerFormatOf(call)
    const [report, reviewer] = [call.value("report"), call.value("reviewer")]
    const query = {...(report !== undefined && {report}), ...(reviewer !== undefined && {reviewer}), isUnattached: call.has("unattached")}
    return write(call, format, async ({output}) => {
      const store = await openStore(path, {isReader: true})
      try {
        let after: string | null | undefined
        let [total, unattached] = [0, 0]
        do {
          const page: Awaited<ReturnType<typeof store.corrections>> = await store.corrections(query, {limit: 500, ...(after && {after})})
          ;({total, unattached} = page)
          for (const one of page.rows) await output.write(format === "text" ? linesOf(one) : `${JSON.stringify(one)}\n`)
          after = page.next
        } while (after !== null)
        return {done: 1, failures: 0, closing: `${count(total, "correction")}${unattached > 0 ? `, ${unattached} without a row now` : ""} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

function linesOf({number, report, event, quote, isInForce, type, trigger, verdict, reviewer, made, why, changes, undone}: Correction): string {
  const state = undone !== null ? "undone" : (event ?? quote) === null ? "no row" : isInForce ? "" : "followed by another"
  const head = [number, made.slice(0, 16).replace("T", " "), reviewer, verdict, event ?? quote ?? report.id, `${type} “${trigger.text}”`, state && `(${state})`]
  const shown = verdict === "added" ? [] : changes.map(change => `    ${change.field}: ${told(change.old)} → ${told(change.new)}`)
  return [head.filter(part => part !== "").join("  "), ...shown, ...(why === null ? [] : [`    because ${why}`])].map(line => `${printable(line)}\n`).join("")
}

/** A value of a record in a few words: of sides, days and places those that name them. */
function told(value: unknown): string {
  if (value === null || value === undefined) return "nothing"
  if (Array.isArray(value)) return value.length === 0 ? "nobody" : value.map(told).join(" + ")
  if (typeof value !== "object") return String(value)
  const {name, code, from, to, text} = value as Readonly<Record<string, string | null | undefined>>
  if (from) return from === to ? from : `${from} to ${to}`
  if (name) return code ? `${name} (${code})` : name
  return text ? `“${text}”` : JSON.stringify(value)
}
