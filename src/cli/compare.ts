import {CoderError, printableLines} from "../0-records/index.ts"
import {type Compared, openStore, type Store} from "../8-store/index.ts"
import {filters, queryOf} from "./asking.ts"
import type {Verb} from "./call.ts"
import {cell} from "./groups.ts"
import {isTerminal, out, quiet, storeOf, storeOption} from "./options.ts"
import {write} from "./run.ts"
import {count, seconds} from "./tell.ts"

const verdicts = ["agree", "differ", "run-only", "with-only"] as const

export const comparing: Verb = {
  name: "compare",
  about: "compare what two runs tell of the same dyads and days",
  inputs: "",
  notes: [
    "Compares the present rows, or those of --run, with another run's, such as that of imported GDELT, over the days that both have: a row for each directed dyad",
    "and day. agree: they share an event type; differ: both have events, none of one type; run-only, with-only: one has none. With the sentence where there is one.",
  ],
  options: [
    storeOption,
    {name: "with", takes: "RUN", about: "the other run: its number, or gdelt, icews or polecat"},
    {name: "verdict", takes: "LIST", values: verdicts, isList: true, about: `only these, of ${verdicts.join(", ")}`},
    ...filters,
    {
      name: "format",
      short: "f",
      takes: "FORMAT",
      values: ["text", "jsonl", "csv"],
      about: "text, jsonl or csv; default text on a terminal and jsonl elsewhere",
    },
    out,
    quiet,
  ],
  examples: [
    "communique compare --with gdelt --store project.duckdb --dyad KEN,UGA",
    "communique compare --run 1 --with 2 --store project.duckdb --format csv --out changes.csv",
  ],
  run: async call => {
    const path = storeOf(call)
    const name = call.value("with")
    if (name === undefined) throw new CoderError("call-wrong", 'Cannot compare with nothing: expected "--with RUN"')
    const query = queryOf(call)
    const wanted = call.list("verdict")
    const format = call.value("format") ?? (isTerminal(call) ? "text" : "jsonl")
    return write(call, format, async ({output, signal}) => {
      const store = await openStore(path, {isReader: true})
      const counts = new Map<string, number>(verdicts.map(verdict => [verdict, 0]))
      try {
        const other = await store.runOf(name)
        if (format === "csv") await output.write(`${csvHeader.join(",")}\n`)
        for await (const row of comparedOf(store, query, other)) {
          if (signal.aborted) break
          counts.set(row.verdict, counts.get(row.verdict)! + 1)
          if (wanted && !wanted.includes(row.verdict)) continue
          await output.write(format === "csv" ? csvRow(row) : format === "jsonl" ? `${JSON.stringify(row)}\n` : textOf(row))
        }
      } finally {
        await store.close()
      }
      const total = [...counts.values()].reduce((sum, one) => sum + one, 0)
      const told =
        total === 0
          ? "no dyad and day that both runs cover"
          : `${count(total, "dyad-day")}: ${[...counts].map(([verdict, n]) => `${n.toLocaleString("en-US")} ${verdict}`).join(", ")}`
      return {done: 1, failures: 0, closing: `${told} in ${seconds()}`}
    })
  },
}

async function* comparedOf(store: Store, query: Parameters<Store["compare"]>[0], other: number): AsyncGenerator<Compared> {
  let cursor: string | null | undefined
  do {
    const page: Awaited<ReturnType<Store["compare"]>> = await store.compare(query, other, cursor)
    yield* page.rows
    cursor = page.next
  } while (cursor)
}

const csvHeader = ["day", "actor", "recipient", "verdict", "run_types", "with_types", "run_report", "with_report", "run_sentence", "with_sentence"]

const typesOf = (side: Compared["run"]) =>
  side === null
    ? ""
    : Object.entries(side.types)
        .map(([type, events]) => (events === 1 ? type : `${type} ${events}`))
        .join("; ")

const csvRow = ({day, actor, recipient, verdict, run, with: other}: Compared) =>
  `${[day, actor, recipient, verdict, typesOf(run), typesOf(other), run?.report, other?.report, run?.sentence, other?.sentence].map(value => cell(value ?? null)).join(",")}\n`

function textOf({day, actor, recipient, verdict, run, with: other}: Compared): string {
  const line = `${day}  ${actor} → ${recipient}  ${verdict.padEnd(9)}  ${typesOf(run) || "–"} | ${typesOf(other) || "–"}`
  const evidence = run?.sentence ?? other?.sentence ?? run?.report ?? other?.report ?? ""
  return `${printableLines(`${line}\n    ${evidence}`)}\n`
}
