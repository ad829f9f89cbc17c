import {spawn} from "node:child_process"
import type {Coded, Problem} from "../0-records/index.ts"
import {read} from "../1-read/index.ts"
import {openStore, type Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {codingOf} from "../keeping.ts"
import type {Call, Verb} from "./call.ts"
import {codingOptions, inputNotes, readingOf} from "./coding.ts"
import {type Interrupt, until, watchInterrupt} from "./interrupt.ts"
import {coderOptionsOf, knowledge, quiet, threads} from "./options.ts"
import {countReports, showProgress} from "./progress.ts"
import {port, portOf, serveUntilStopped} from "./serving.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

/** Most reports that are held in memory; more are for a store. */
const mostReports = 1000

export const open: Verb = {
  name: "open",
  about: "show reports in the browser with their events and quotes, each beside its words",
  inputs: "INPUT...",
  notes: inputNotes,
  options: [
    ...codingOptions.filter(({name}) => ["as", "columns", "published"].includes(name)),
    port,
    {name: "no-browser", about: "print the address and open no browser"},
    knowledge,
    threads,
    quiet,
  ],
  examples: ["communique open report.txt --published 2025-12-18", "communique open news/ --no-browser --port 7401"],
  run: async call => {
    portOf(call)
    const reading = readingOf(call)
    const options = coderOptionsOf(call)
    const interrupt = watchInterrupt()
    const {openCoder} = await import("../journey.ts")
    const coder = await openCoder(options)
    const store = await openStore(":memory:", {make: true})
    const {coded, failures} = await codeInputs(call, {coder, store}, reading, interrupt)
    const stopped = interrupt.exitCode()
    if (stopped !== undefined || coded.length === 0) {
      if (stopped === undefined)
        tell(`nothing was read: ${failures > 0 ? `${count(failures, "input or row", "inputs or rows")} failed` : "the inputs are empty"}`)
      await Promise.all([coder.close(), store.close()])
      return stopped ?? 1
    }
    const only = coded.length === 1 ? coded[0] : undefined
    const page = only ? `reports/${encodeURIComponent(only.report.id)}` : "reports"
    return serveUntilStopped(call, {
      coder,
      store,
      host: "127.0.0.1",
      interrupt,
      onReady: address => {
        process.stdout.write(`${address}${page}\n`)
        if (!call.has("quiet")) tell(`${count(coded.length, "report")} coded in ${seconds()}; nothing is stored; Ctrl-C ends it`)
        if (!call.has("no-browser")) openBrowser(`${address}${page}`)
      },
    })
  },
}

async function codeInputs(
  call: Call,
  {coder, store}: {coder: Coder; store: Store},
  reading: ReturnType<typeof readingOf>,
  {signal}: Interrupt,
): Promise<{coded: Coded[]; failures: number}> {
  const coded: Coded[] = []
  let failures = 0
  const coding = codingOf(coder)
  const progress = process.stderr.isTTY && !call.has("quiet") ? showProgress(countReports(call.inputs)) : undefined
  const report = (problem: Problem) => {
    if (!problem.isWarning) failures++
    if (problem.isWarning && call.has("quiet")) return
    progress?.clear()
    tell(problemLine(problem))
  }
  for await (const one of coder.codeAll(until(signal, read(call.inputs, {...reading, stdin: process.stdin, signal})))) {
    if (!("events" in one)) {
      report(one)
      await store.addProblem(one, coding.day)
      continue
    }
    for (const problem of one.problems) report(problem)
    await store.add(one, coding)
    coded.push(one)
    progress?.count(1, one.events.length)
    if (coded.length === mostReports) {
      progress?.clear()
      tell(`shows the first ${count(mostReports, "report")}`)
      break
    }
  }
  progress?.clear()
  return {coded, failures}
}

/** Opens the system's browser where there is a screen; where there is none the printed address has to do. */
export function openBrowser(address: string): void {
  const {platform, env} = process
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [program, ...words] = platform === "darwin" ? ["open"] : platform === "win32" ? ["cmd", "/c", "start", '""'] : ["xdg-open"]
  spawn(program!, [...words, address], {stdio: "ignore", detached: true})
    .on("error", () => {})
    .unref()
}
