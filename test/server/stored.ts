import {openStore, type Store} from "../../src/8-store/index.ts"
import {gatherReports} from "../../src/gathering.ts"
import {type Coded, isProblem} from "../../src/index.ts"
import type {Coder, Input} from "../../src/journey.ts"

/** A store in memory that holds these reports, and what they were coded into. A report that fails is kept as a problem. */
export async function stored(coder: Coder, reports: readonly Input[]): Promise<{store: Store; coded: Coded[]}> {
  const store = await openStore(":memory:", {make: true})
  const coding = {coder: coder.info, machine: "x64", floor: coder.floor, day: "2026-03-12"}
  const coded: Coded[] = []
  const sources = (async function* () {
    for (const report of reports) yield {...report, place: {input: report.id ?? "report"}}
  })()
  for await (const one of coder.codeAll(sources)) {
    if (isProblem(one)) await store.addProblem(one, coding.day)
    else {
      await gatherReports(store, [(await store.add(one, coding)).report])
      coded.push(one)
    }
  }
  return {store, coded}
}
