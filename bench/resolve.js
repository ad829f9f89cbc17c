// How fast the tables of knowledge/ open, how much memory they take, and how long a phrase takes to resolve: `npm run bench:resolve`
// (after `npm run build`). Phrases are those of test/5-resolve/phrases.jsonl. Times are of the processor.
import {readFileSync} from "node:fs"
import {fileURLToPath} from "node:url"
import {identify, openKnowledge} from "../dist/5-resolve/index.js"

const folder = fileURLToPath(new URL("../knowledge", import.meta.url))
const phrases = ["phrases.jsonl", "phrases-held.jsonl"].flatMap(file =>
  readFileSync(new URL(`../test/5-resolve/${file}`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line)),
)

const spent = start => {
  const {user, system} = process.cpuUsage(start)
  return (user + system) / 1000
}

globalThis.gc?.()
const before = process.memoryUsage()
const opening = process.cpuUsage()
const knowledge = openKnowledge(folder)
const loading = spent(opening)
globalThis.gc?.()
const after = process.memoryUsage()
const held = (after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20

const ask = () => {
  const start = process.cpuUsage()
  for (const {text, context, date} of phrases) identify({text, ...(context && {context}), ...(date && {date})}, knowledge)
  return spent(start) / phrases.length
}
const first = ask()
const rounds = Array.from({length: 10}, ask).sort((a, b) => a - b)
console.log(`tables open in ${loading.toFixed(0)} ms of processor time and hold ${held.toFixed(0)} MiB`)
console.log(`${phrases.length} phrases: ${first.toFixed(3)} ms each at first, ${rounds[5].toFixed(3)} ms each then (median of 10 rounds)`)
