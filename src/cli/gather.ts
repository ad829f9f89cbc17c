import {openStore} from "../8-store/index.ts"
import {gatherRest} from "../gathering.ts"
import type {Verb} from "./call.ts"
import {watchInterrupt} from "./interrupt.ts"
import {quiet, storeOf, storeOption} from "./options.ts"
import {showProgress} from "./progress.ts"
import {count, seconds, tell} from "./tell.ts"

export const gather: Verb = {
  name: "gather",
  about: "find again which reports of a store tell one event or one story",
  inputs: "",
  notes: [
    "ingest and recode gather each report as it comes. This does it all again, in the order of publication, so that the order of arrival does not",
    "matter; what was merged and split by hand stays. Stopped, it goes on where it was with --rest.",
  ],
  options: [storeOption, {name: "rest", about: "only reports that are not gathered yet"}, quiet],
  examples: ["communique gather --store project.duckdb"],
  run: async call => {
    const path = storeOf(call)
    const {signal, exitCode} = watchInterrupt()
    const store = await openStore(path)
    const progress = process.stderr.isTTY && !call.has("quiet") ? showProgress(Promise.resolve(undefined)) : undefined
    try {
      if (!call.has("rest")) await store.ungather()
      const done = await gatherRest(store, {signal, told: () => progress?.count(1, 0)})
      progress?.clear()
      const [mentions, events, stories] = await Promise.all((["mentions", "events", "stories"] as const).map(unit => store.count({}, unit)))
      if (!call.has("quiet")) {
        const found = `${count(mentions!.count, "mention")} of ${count(events!.count, "event")} in ${count(stories!.count, "story", "stories")}`
        tell(`${count(done, "report")} gathered: ${found} in ${seconds()}`)
      }
      return exitCode() ?? 0
    } finally {
      progress?.clear()
      await store.close()
    }
  },
}
