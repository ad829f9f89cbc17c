import {fileURLToPath} from "node:url"
import {read} from "../1-read/index.ts"
import {openStore, type Store} from "../8-store/index.ts"
import {gatherRest} from "../gathering.ts"
import type {Coder} from "../journey.ts"
import {codingOf} from "../keeping.ts"
import type {Verb} from "./call.ts"
import {codedOrKnown} from "./ingest.ts"
import {type Interrupt, until, watchInterrupt} from "./interrupt.ts"
import {openBrowser} from "./open.ts"
import {coderOptionsOf, quiet, storeOption, threads} from "./options.ts"
import {countReports, showProgress} from "./progress.ts"
import {newToken} from "./serve.ts"
import {port, portOf, serveUntilStopped} from "./serving.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

/** Two invented months, as they come with the program. */
const reports = fileURLToPath(new URL("../../examples/demo.jsonl", import.meta.url))

export const demo: Verb = {
  name: "demo",
  about: "code two invented months of news and show them in the browser",
  inputs: "",
  notes: [
    "204 reports of January and February 2026 by invented publishers, about invented persons and deeds in real countries, go into a store and are served",
    "with every page: timelines of dyads, actors, quotes and the review. The store stays, and is there at once the next time.",
  ],
  options: [
    {...storeOption, about: "where to keep them; default communique-demo.duckdb in this folder"},
    port,
    {name: "no-browser", about: "print the address and open no browser"},
    threads,
    quiet,
  ],
  examples: ["communique demo", "communique dyad KEN UGA --store communique-demo.duckdb"],
  run: async call => {
    portOf(call)
    const interrupt = watchInterrupt()
    const {openCoder} = await import("../journey.ts")
    const coder = await openCoder(coderOptionsOf(call))
    const path = call.value("store") ?? "communique-demo.duckdb"
    const store = await openStore(path, {make: true})
    const coded = await codeReports({coder, store, interrupt, isQuiet: call.has("quiet")})
    const stopped = interrupt.exitCode()
    if (stopped !== undefined) {
      await Promise.all([coder.close(), store.close()])
      return stopped
    }
    const reviewToken = newToken()
    return serveUntilStopped(call, {
      coder,
      store,
      host: "127.0.0.1",
      reviewToken,
      interrupt,
      onReady: address => {
        process.stdout.write(`${address}\n`)
        tell(`to correct what the coder wrote: ${address}review#token=${reviewToken}`)
        if (!call.has("quiet")) tell(`${coded > 0 ? `${count(coded, "report")} coded into ${path} in ${seconds()}` : `ready in ${seconds()}`}; Ctrl-C ends it`)
        if (!call.has("no-browser")) openBrowser(`${address}dyad/KEN/UGA`)
      },
    })
  },
}

/** Codes what the store does not have yet. Gives how many these were. */
async function codeReports({
  coder,
  store,
  interrupt: {signal},
  isQuiet,
}: {
  coder: Coder
  store: Store
  interrupt: Interrupt
  isQuiet: boolean
}): Promise<number> {
  const coding = codingOf(coder)
  const progress = process.stderr.isTTY && !isQuiet ? showProgress(countReports([reports])) : undefined
  let coded = 0
  try {
    for await (const one of codedOrKnown(until(signal, read([reports], {signal})), coder, store)) {
      if ("known" in one) continue
      if ("code" in one) tell(problemLine(one))
      else {
        await store.add(one, coding)
        coded++
        progress?.count(1, one.events.length)
      }
    }
    await gatherRest(store, {signal})
  } finally {
    progress?.clear()
  }
  return coded
}
