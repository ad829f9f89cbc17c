import {openStore, type Store} from "../8-store/index.ts"
import {gatherReports, gatherRest} from "../gathering.ts"
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
      const done = await gatherRest(store, {signal, told: reports => progress?.count(reports, 0)})
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

/** Most reports that wait to be gathered, and least milliseconds between two gatherings. */
const [mostWaiting, pauseMs] = [1000, 2000]

/** Gathers reports as they come in: a slow stream's each at once, a fast one's some at a time. */
export function gatherAsTheyCome(store: Store): {readonly add: (report: number) => Promise<void>; readonly end: () => Promise<void>} {
  let waiting: number[] = []
  let last = Number.NEGATIVE_INFINITY
  const end = async () => {
    await gatherReports(store, waiting)
    waiting = []
    last = performance.now()
  }
  return {
    async add(report) {
      waiting.push(report)
      if (waiting.length >= mostWaiting || performance.now() - last >= pauseMs) await end()
    },
    end,
  }
}
