/**
 * npm run bench:store: how fast a store answers, by its size.
 *
 * Events are synthetic (synthetic.js). Each question is asked ROUNDS times after one that is not counted; the median is printed in
 * milliseconds, and the processor's time beside it, which says more where other programs keep the processor busy.
 * `node bench/store.js 100000 1000000` chooses the sizes.
 */
import {mkdtempSync, rmSync, statSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {openStore} from "../dist/8-store/index.js"
import {fill} from "./synthetic.js"

const rounds = 5
const sizes = process.argv.slice(2).map(Number)
if (sizes.length === 0) sizes.push(100_000, 1_000_000, 10_000_000)

/** @type {readonly [string, (store: import("../dist/8-store/index.js").Store) => Promise<unknown>][]} */
const questions = [
  ["page of the latest events", store => store.events({}, {limit: 100})],
  ["page by actor", store => store.events({actor: ["C17"]}, {limit: 100})],
  ["page by dyad and days", store => store.events({dyad: ["C0", "C1"], since: "2020-01-01", until: "2020-12-31"}, {limit: 100})],
  ["page by type and publisher", store => store.events({type: ["T3"], publisher: ["P7"]}, {limit: 100})],
  ["page by words of the evidence", store => store.events({text: "ferry"}, {limit: 100})],
  ["count with what is left out", store => store.count({}, "events")],
  ["counts by month", store => store.aggregate({}, {by: "month"})],
  ["counts by type", store => store.aggregate({}, {by: "type"})],
  ["counts by dyad", store => store.aggregate({}, {by: "dyad", limit: 100})],
  ["counts by place, for the map", store => store.places({}, {limit: 1000})],
  ["every view of Explore together", store => explore(store, {})],
  ["Explore: a type", store => explore(store, {type: ["T3"]})],
  ["Explore: a week", store => explore(store, {since: "2020-03-02", until: "2020-03-08"})],
  ["Explore: a dyad", store => explore(store, {dyad: ["C0", "C1"]})],
  ["Explore: a box on the map", store => explore(store, {box: [0, 0, 20, 20]})],
  ["a dyad by month", store => store.aggregate({dyad: ["C0", "C1"]}, {by: "month"})],
]

/**
 * What the page asks for when a filter changes, at once.
 * @param {import("../dist/8-store/index.js").Store} store
 * @param {import("../dist/8-store/index.js").Query} query
 */
const explore = (store, query) =>
  Promise.all([
    store.events(query, {limit: 50}),
    store.count(query, "events"),
    store.aggregate(query, {by: "week"}),
    store.places(query, {limit: 1000}),
    store.aggregate(query, {by: "dyad", limit: 100}),
    ...["type", "actor", "recipient", "place", "publisher"].map(by => store.aggregate(query, {by, limit: 8})),
  ])

/** @type {number[][]} */
const columns = []
for (const size of sizes) columns.push(await measure(size))
console.log(`\n| question, ms | ${sizes.map(size => `${size.toLocaleString("en-US")} mentions`).join(" | ")} |\n|---|${sizes.map(() => "---:|").join("")}`)
for (const [at, [name]] of questions.entries()) console.log(`| ${name} | ${columns.map(column => column[at]?.toFixed(0)).join(" | ")} |`)

/** @param {number} size */
async function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "communique-bench-"))
  const path = join(folder, "store.duckdb")
  try {
    await (await openStore(path, {make: true})).close()
    await fill(path, size)
    console.log(`${size.toLocaleString("en-US")} mentions: ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB`)
    const store = await openStore(path)
    const medians = []
    for (const [name, ask] of questions) {
      const times = []
      let used = 0
      for (let round = 0; round <= rounds; round++) {
        const started = performance.now()
        const before = process.cpuUsage()
        await ask(store)
        if (round === 0) continue
        times.push(performance.now() - started)
        const {user, system} = process.cpuUsage(before)
        used += (user + system) / 1000 / rounds
      }
      const median = times.sort((a, b) => a - b)[rounds >> 1] ?? 0
      console.log(`  ${median.toFixed(0).padStart(6)} ms, ${used.toFixed(0).padStart(6)} ms of processor  ${name}`)
      medians.push(median)
    }
    await store.close()
    return medians
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
