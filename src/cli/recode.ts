import {openStore, type Store} from "../8-store/index.ts"
import {gatherRest} from "../gathering.ts"
import type {Coder} from "../journey.ts"
import {codingOf} from "../keeping.ts"
import type {Verb} from "./call.ts"
import {gatherAsTheyCome} from "./gather.ts"
import {answerFormat, answerFormatOf, dayOf, knowledge, out, quiet, since, storeOf, storeOption, threads} from "./options.ts"
import {run} from "./run.ts"
import {writeChanges} from "./runs.ts"
import {count, seconds} from "./tell.ts"

export const recode: Verb = {
  name: "recode",
  about: "code a store's reports again with the present coder",
  inputs: "",
  notes: [
    "A coder that differs from those before makes a new run, and prints what it tells otherwise; the old rows stay, under query --run and --as-of.",
    "Reports that the present coder has coded are passed over, so that a stopped recode goes on where it was.",
  ],
  options: [storeOption, {...since, about: "only reports published since DAY"}, answerFormat, out, knowledge, threads, quiet],
  examples: ["communique recode --store project.duckdb", "communique recode --store project.duckdb --since 2025-01-01"],
  run: call => {
    const path = storeOf(call)
    const first = dayOf(call, "since")
    const format = answerFormatOf(call)
    return run(call, format, async ({coder, output, signal}) => {
      const store = await openStore(path)
      try {
        const done = await recodeAll(store, coder, first, signal)
        const all = await store.runs()
        const present = await presentRun(store, coder)
        const before = all.filter(({run: number, reports}) => reports > 0 && number !== present).at(-1)
        if (done === 0 || present === null)
          return {done: 1, failures: 0, closing: `nothing to code again: the present coder coded every report in ${seconds()}`}
        const changed = before ? await writeChanges(store, before.run, present, output, format) : "no run before it"
        return {done, failures: 0, closing: `${count(done, "report")} coded again as run ${present}; ${changed} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

/** The present coder's run; `null` where it has coded nothing here. */
async function presentRun(store: Store, coder: Coder): Promise<number | null> {
  const {coder: ref, machine} = codingOf(coder)
  const isSame = (one: Awaited<ReturnType<Store["runs"]>>[number]) =>
    one.machine === machine && (["version", "model", "ontology", "knowledge", "config"] as const).every(field => one[field] === ref[field])
  return (await store.runs()).find(isSame)?.run ?? null
}

async function recodeAll(store: Store, coder: Coder, since: string | undefined, signal: AbortSignal): Promise<number> {
  const gathering = gatherAsTheyCome(store)
  let done = 0
  let after = 0
  for (;;) {
    const page = await store.uncoded({run: await presentRun(store, coder), after, ...(since !== undefined && {since})})
    for (const {number, report, text} of page) {
      if (signal.aborted) break
      const added = await store.add(await coder.recode(report, text), codingOf(coder))
      await gathering.add(added.report)
      after = number
      done++
    }
    if (page.length === 0 || signal.aborted) {
      await gathering.end()
      await gatherRest(store, {signal})
      return done
    }
  }
}
