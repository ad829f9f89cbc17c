import {CoderError} from "../0-records/index.ts"
import {openStore, type Target} from "../8-store/index.ts"
import type {Verb} from "./call.ts"
import {storeOf, storeOption} from "./options.ts"
import {count, tell} from "./tell.ts"

const targets = ["report", "url", "publisher"] as const

export const forget: Verb = {
  name: "forget",
  about: "remove reports from a store for good",
  inputs: "",
  notes: [
    "The report goes in all its versions, with its text, rows, quotes and evidence; the file, or the server's tables, are written anew, so that no byte of it is left there.",
  ],
  options: [
    storeOption,
    {name: "report", takes: "ID", about: "the report with this id or key"},
    {name: "url", takes: "URL", about: "the reports from this address"},
    {name: "publisher", takes: "NAME", about: "all reports of a publisher"},
  ],
  examples: ["communique forget --store project.duckdb --url https://example.org/story.html"],
  run: async call => {
    const path = storeOf(call)
    const given = targets.filter(name => call.has(name))
    if (given.length !== 1)
      throw new CoderError(
        "call-wrong",
        `Cannot forget by ${given.length === 0 ? "nothing" : given.join(" and ")}: expected one of --report, --url and --publisher`,
      )
    const store = await openStore(path)
    try {
      const {reports, mentions, quotes, problems, actors} = await store.forget({[given[0]!]: call.value(given[0]!)} as Target)
      if (reports === 0) {
        tell(`nothing was removed: the store has no such report`)
        return 1
      }
      const parts = [count(reports, "report"), count(mentions, "mention"), count(quotes, "quote"), count(problems, "problem")]
      process.stdout.write(`removed ${parts.join(", ")}, and ${count(actors, "actor")} named nowhere else\n`)
      return 0
    } finally {
      await store.close()
    }
  },
}
