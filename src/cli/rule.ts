import {CoderError, printable} from "../0-records/index.ts"
import {openStore, type Ruled, type Store} from "../8-store/index.ts"
import {today} from "../keeping.ts"
import type {Call, Verb} from "./call.ts"
import {answerFormat, answerFormatOf, storeOf, storeOption} from "./options.ts"

/** `merge` and `split`: what a person rules of events. */

const undo = {name: "undo", about: "take back the newest such ruling on these ids"}

const notes = ["A ruling is kept when reports are ingested, coded or gathered again. ID is an event's or a mention's, as query prints it."]

export const merge: Verb = {
  name: "merge",
  about: "make two events of a store one",
  inputs: "ID ID",
  notes,
  options: [storeOption, undo, answerFormat],
  examples: ["communique merge wire-7/2 herald-9/1 --store project.duckdb", "communique merge wire-7/2 herald-9/1 --undo --store project.duckdb"],
  run: call => {
    const [one, other, ...more] = call.inputs
    if (one === undefined || other === undefined || more.length > 0)
      throw new CoderError("call-wrong", `Cannot merge ${call.inputs.length} ids: expected two, as in "communique merge ID ID --store FILE"`)
    return rule(call, "merge", [one, other], (store, day) => store.merge(one, other, day))
  },
}

export const split: Verb = {
  name: "split",
  about: "set apart what one report tells from the rest of an event",
  inputs: "ID",
  notes,
  options: [storeOption, undo, answerFormat],
  examples: ["communique split herald-9/1 --store project.duckdb", "communique split herald-9/1 --undo --store project.duckdb"],
  run: call => {
    const [id, ...more] = call.inputs
    if (id === undefined || more.length > 0) throw new CoderError("call-wrong", `Cannot split ${call.inputs.length} ids: expected one`)
    return rule(call, "split", [id], (store, day) => store.split(id, day))
  },
}

async function rule(call: Call, kind: "merge" | "split", ids: readonly string[], make: (store: Store, day: string) => Promise<Ruled>): Promise<number> {
  const path = storeOf(call)
  const format = answerFormatOf(call)
  const day = today()
  const store = await openStore(path)
  try {
    const ruled = call.has("undo") ? await takeBack(store, kind, ids, day) : await make(store, day)
    process.stdout.write(format === "text" ? lineOf(ruled) : `${JSON.stringify(ruled)}\n`)
    return 0
  } finally {
    await store.close()
  }
}

async function takeBack(store: Store, kind: "merge" | "split", ids: readonly string[], day: string): Promise<Ruled> {
  const tellings = await Promise.all(ids.map(async id => (await store.event(id))?.mentions.find(mention => mention.id === id)?.telling ?? id))
  const isOn = (its: readonly string[]) => (kind === "split" ? its[0] === tellings[0] : tellings.every(id => its.includes(id)))
  const found = (await store.rulings()).find(ruling => ruling.kind === kind && ruling.undone === null && isOn(ruling.ids))
  if (!found) throw new CoderError("not-found", `Cannot undo the ${kind} of ${ids.map(id => JSON.stringify(id)).join(" and ")}: found none in force`)
  return store.undoRuling(found.ruling, day)
}

function lineOf({ruling, kind, ids, undone, events}: Ruled): string {
  const done = undone !== null ? "undone" : kind === "merge" ? "one event" : "set apart"
  const line = `ruling ${ruling}: ${ids.slice(0, kind === "split" ? 1 : 2).join(" and ")} ${done}; ${events.length === 1 ? "event" : "events"} ${events.join(", ")}`
  return `${printable(line)}\n`
}
