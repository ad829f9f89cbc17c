import {describe, expect, it} from "vitest"
import {openKnowledge} from "../../src/5-resolve/index.ts"
import {parties, strays} from "./parties.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

const about = {
  counterpart: "her Peruvian counterpart has her office in Peru, and she is of another country",
  body: "a federation's president is of the federation's sector",
  sides: "both sides are those whom the last talks or quarrel joined",
  leaders: "the leaders are those of the two sides",
  former: "who held an office once is another than who holds it",
  office: "an office is one of the report's only country",
}

for (const [kind, sentence] of Object.entries(about)) {
  describe(sentence, () => {
    for (const report of parties.filter(one => one.kind === kind)) it(report.title, () => expect(strays(report, knowledge)).toEqual([]))
  })
}
