import {createReadStream} from "node:fs"
import {stat} from "node:fs/promises"
import {filesBelow} from "../1-read/index.ts"

/** A line on standard error that is drawn anew as the run goes on. */
export type Progress = {
  readonly count: (reports: number, mentions: number) => void
  /** Wipes the line, so that something else can be printed in its place. */
  readonly clear: () => void
}

const quietMs = 1000
const pauseMs = 100
const barWidth = 10

/** Shows reports, mentions, reports a second and, where `total` is known, the time left. Nothing in a run's first second. */
export function showProgress(total: Promise<number | undefined>): Progress {
  const started = performance.now()
  let reports = 0
  let mentions = 0
  let drawn = started + quietMs - pauseMs
  let isDrawn = false
  let known: number | undefined
  total.then(
    number => {
      known = number
    },
    () => {},
  )
  const clear = () => {
    if (isDrawn) process.stderr.write("\r\u001b[2K")
    isDrawn = false
  }
  return {
    count(more, moreMentions) {
      reports += more
      mentions += moreMentions
      const now = performance.now()
      if (now - drawn < pauseMs) return
      drawn = now
      clear()
      process.stderr.write(line(reports, mentions, (now - started) / 1000, known).slice(0, (process.stderr.columns ?? 80) - 1))
      isDrawn = true
    },
    clear,
  }
}

function line(reports: number, mentions: number, elapsed: number, total: number | undefined): string {
  const rate = reports / elapsed
  const parts = [`${mentions.toLocaleString("en-US")} mentions`, `${rate.toFixed(1)} reports/s`]
  if (total === undefined || total < reports) return [`${reports.toLocaleString("en-US")} reports`, ...parts].join(", ")
  const done = Math.round((barWidth * reports) / total)
  const of = `${reports.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} reports`
  return `[${"#".repeat(done)}${" ".repeat(barWidth - done)}] ${[of, ...parts, `${timeLeft((total - reports) / rate)} left`].join(", ")}`
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** How many reports the inputs hold, as far as names and lines tell; `undefined` where they do not (feeds, tables, URLs, standard input). */
export async function countReports(inputs: readonly string[]): Promise<number | undefined> {
  let total = 0
  for (const input of inputs) {
    const found = await stat(input).catch(() => undefined)
    // A pipe is read once, and not here.
    if (!found?.isDirectory() && !found?.isFile()) return undefined
    for await (const path of found.isDirectory() ? filesBelow(input) : [input]) {
      const inside = await countFile(path)
      if (inside === undefined) return undefined
      total += inside
    }
  }
  return total
}

async function countFile(path: string): Promise<number | undefined> {
  if (/\.(txt|md|html?)$/i.test(path)) return 1
  if (!/\.jsonl$/i.test(path)) return undefined
  let lines = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) for (const byte of chunk) if (byte === 10) lines++
  return lines
}
