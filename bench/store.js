/**
 * npm run bench:store: how fast a store answers, by its size.
 *
 * Events are synthetic: 5,000 actors of 200 countries, few of them in most events; four mentions a report, a tenth of them retellings,
 * over ten years, each in one of 3,000 towns. Each question is asked ROUNDS times after one that is not counted; the median is printed in
 * milliseconds, and the processor's time beside it, which says more where other programs keep the processor busy.
 * `node bench/store.js 100000 1000000` chooses the sizes.
 */
import {mkdtempSync, rmSync, statSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {openStore} from "../dist/8-store/index.js"

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

/** @param {string} path @param {number} size */
async function fill(path, size) {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const random = (/** @type {number} */ salt) => `((hash(n * 31 + ${salt}) % 1000003) / 1000003.0)`
  const actor = (/** @type {number} */ salt) => `(floor(5000 * power(${random(salt)}, 3))::INTEGER + 1)`
  const party = (/** @type {number} */ salt) => `(${actor(salt)} // 25 + 1)`
  for (const sql of [
    "INSERT INTO runs VALUES (1, '0', 'm', 'plover-2021', 'k', 'c', 'x64', 0.25, DATE '2026-01-01')",
    "INSERT INTO parties SELECT n + 1, 'C' || n FROM range(0, 201) t(n)",
    `INSERT INTO actors SELECT n, 'Name ' || n, 'name ' || n, 'person', 'C' || (n // 25), 'GOV', 'C' || (n // 25) || 'GOV', 'C' || (n // 25), n // 25 + 1 FROM range(1, 5001) t(n)`,
    `INSERT INTO reports (number, key, id, source, title, url, publisher, published, text, words, added, is_current) SELECT n, 'key' || n, 'r' || n, NULL, 'Title ' || n, NULL, 'P' || (n % 50), DATE '2015-01-01' + (n * 3650 // ${size / 4})::INTEGER,
      'Some text of report ' || n, ' some text of report ' || n, DATE '2026-01-01', true FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO codings SELECT n, 1, DATE '2026-01-01', NULL, true, 4, 4, 0 FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO mentions (number, report, run, id, event, head, is_current, type, mode, status, quad, intensity, cameo, contexts, day_from, day_to,
      place_name, place_folded, place_country, place_level, place_lat, place_lon, confidence, sentence, words, sentence_index, sentence_start_at, sentence_end_at, trigger_words, actors, recipients,
      date, place, story, publisher, actor_parties, recipient_parties, dyad_parties) SELECT n, (n + 3) // 4, 1, 'r' || ((n + 3) // 4) || '/' || n, 'r' || ((n + 3) // 4) || '/' || n,
      CASE WHEN n % 4 = 0 AND ${random(9)} < 0.4 THEN n - 1 ELSE n END, true, 'T' || floor(16 * ${random(1)})::INTEGER, NULL,
      CASE WHEN ${random(2)} < 0.7 THEN 'actual' ELSE 'intended' END, 1 + floor(4 * ${random(3)})::INTEGER, round(20 * ${random(4)} - 10, 1), '010', '[]',
      day, day, 'City ' || town, 'city ' || town, 'C' || (town % 200), 'city', town % 140 - 70, town % 360 - 180, round(${random(5)}, 3), 'In sentence ' || told, ' in sentence ' || told,
      0, 0, 60, '{}', '[]', '[]', NULL, '{"name":"City ' || town || '","country":"C' || (town % 200) || '","lat":' || (town % 140 - 70) || ',"lon":' || (town % 360 - 180) || ',"level":"city","text":"City","start":10,"end":14}', NULL,
      'P' || (((n + 3) // 4) % 50), [${party(6)}], [${party(7)}], [${party(6)}::BIGINT * 67108864 + ${party(7)}]
      FROM (SELECT n, n || ' somebody ' || CASE WHEN n % 1000 = 0 THEN 'took a ferry' ELSE 'did something' END AS told, floor(3000 * power(${random(8)}, 2))::INTEGER AS town, DATE '2015-01-01' + (((n + 3) // 4) * 3650 // ${size / 4})::INTEGER AS day FROM range(1, ${size + 1}) t(n))`,
    `INSERT INTO sides SELECT n, 'actor', ${actor(6)} FROM range(1, ${size + 1}) t(n)`,
    `INSERT INTO sides SELECT n, 'recipient', ${actor(7)} FROM range(1, ${size + 1}) t(n)`,
    `INSERT INTO dyads SELECT n, ${actor(6)}, ${actor(7)} FROM range(1, ${size + 1}) t(n)`,
    "CHECKPOINT",
  ]) {
    await connection.run(sql)
  }
  connection.closeSync()
  instance.closeSync()
}
