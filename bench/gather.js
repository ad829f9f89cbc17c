/**
 * npm run bench:gather: how long gathering takes, by the number of reports.
 *
 * First near-duplicates alone, room 7 with an index in memory: signatures, look-up by band, comparison of texts. Reports are synthetic, of 120
 * words out of 20,000, three in ten of them light edits of an earlier one. Then all of it in a store, up to the second size.
 * `node bench/gather.js 1000000 100000` chooses the sizes: of the first up to 1,000,000 by tens from 10,000, of the second up to 100,000 by tens from 1,000.
 */

import {once} from "node:events"
import {createWriteStream, mkdtempSync, rmSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {bandsOf, copied} from "../dist/7-gather/index.js"
import {openStore} from "../dist/8-store/index.js"
import {gatherRest} from "../dist/gathering.js"

const [most = 1_000_000, stored = 100_000] = process.argv.slice(2).map(Number)
const share = 0.3

let state = 7
function random() {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0
  return state / 2 ** 32
}
const vocabulary = Array.from({length: 20_000}, (_, at) => `${"bcdfghklmnprst"[at % 14]}${"aeiou"[at % 5]}${at.toString(36)}`)
const word = () => vocabulary[Math.floor(20_000 * random() ** 2)]

/** The text of a report, made anew from its seed, so that a million of them need no memory. @param {number} at @returns {string} */
function textOf(at) {
  const of = sourceOf(at)
  state = (of + 1) * 2654435761
  const words = Array.from({length: 120}, word)
  if (of !== at) {
    state = at * 40503
    for (let edits = 0; edits < 3; edits++) words[Math.floor(random() * 120)] = word()
  }
  return words.join(" ")
}

/** The report that one is an edit of, or itself. @param {number} at */
function sourceOf(at) {
  state = at * 69069 + 1
  random()
  if (at < 10 || random() >= share) return at
  const of = Math.floor(random() * at)
  state = of * 69069 + 1
  random()
  return of < 10 || random() >= share ? of : at
}

console.log("near-duplicates\n| reports | CPU seconds | a report, ms | memory, MiB | copies | found |\n|---:|---:|---:|---:|---:|---:|")
/** Open addressing: a band and the report that had it first. */
const slots = 2 ** Math.ceil(Math.log2(most * 10 * 1.5))
const [bands, firsts] = [new Int32Array(slots).fill(-1), new Int32Array(slots)]
/** Seconds of processor time: the machine may be shared. */
const cpu = () => {
  const {user, system} = process.cpuUsage()
  return (user + system) / 1e6
}
const started = cpu()
let [copies, found] = [0, 0]
for (let at = 0, next = 10_000; at < most; at++) {
  const text = textOf(at)
  const of = sourceOf(at)
  if (of !== at) copies++
  const near = new Set()
  for (const band of bandsOf(text)) {
    let slot = Math.imul(band, 0x9e3779b1) >>> (32 - Math.log2(slots))
    while (bands[slot] !== -1 && bands[slot] !== band) slot = (slot + 1) % slots
    if (bands[slot] === band) near.add(firsts[slot])
    else [bands[slot], firsts[slot]] = [band, at]
  }
  if (of !== at && [...near].some(other => other === of && copied(text, textOf(other)) !== undefined)) found++
  if (at + 1 === next) {
    const seconds = cpu() - started
    const memory = process.memoryUsage.rss() / 2 ** 20
    console.log(
      `| ${next.toLocaleString("en-US")} | ${seconds.toFixed(0)} | ${((seconds * 1000) / next).toFixed(2)} | ${memory.toFixed(0)} | ${copies.toLocaleString("en-US")} | ${((100 * found) / copies).toFixed(1)}% |`,
    )
    next *= 10
  }
}

if (stored > 0) await gatherInStore(stored)

/**
 * A thousand reports a day, each of three events of 60 countries; three in ten are edits of an earlier report and tell what it tells.
 * @param {number} size
 */
async function gatherInStore(size) {
  const folder = mkdtempSync(join(tmpdir(), "communique-bench-"))
  try {
    const path = join(folder, "store.duckdb")
    await (await openStore(path, {make: true})).close()
    await fill(path, join(folder, "reports.jsonl"), size)
    const store = await openStore(path)
    console.log("\nevents and stories in a store\n| reports | CPU seconds | a report, ms | of the last tenth, ms | memory, MiB |\n|---:|---:|---:|---:|---:|")
    const began = cpu()
    let [done, next, tenth] = [0, Math.min(1000, size), {done: 0, at: began}]
    await gatherRest(store, {
      told: more => {
        done += more
        if (done >= next * 0.9 && tenth.done < next * 0.9) tenth = {done, at: cpu()}
        if (done < next) return
        const [seconds, memory] = [cpu() - began, process.memoryUsage.rss() / 2 ** 20]
        const last = done > tenth.done ? ((cpu() - tenth.at) * 1000) / (done - tenth.done) : (seconds * 1000) / done
        console.log(
          `| ${done.toLocaleString("en-US")} | ${seconds.toFixed(1)} | ${((seconds * 1000) / done).toFixed(1)} | ${last.toFixed(1)} | ${memory.toFixed(0)} |`,
        )
        next = Math.min(next * 10, size)
      },
    })
    for (const unit of /** @type {const} */ (["mentions", "events", "stories"]))
      console.log(`${unit}: ${(await store.count({}, unit)).count.toLocaleString("en-US")}`)
    await store.close()
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** @param {string} path @param {string} rows @param {number} size */
async function fill(path, rows, size) {
  const countries = Array.from({length: 60}, (_, at) => `C${String.fromCharCode(65 + (at % 26))}${String.fromCharCode(65 + Math.floor(at / 26))}`)
  const types = ["ACCUSE", "AID", "COERCE", "ASSAULT", "SUPPORT", "REJECT", "SANCTION", "PROTEST"]
  const file = createWriteStream(rows)
  for (let at = 0; at < size; at++) {
    const text = textOf(at)
    state = sourceOf(at) * 7919 + 3
    const pick = (/** @type {readonly string[]} */ list) => list[Math.floor(random() * list.length)] ?? ""
    const events = [1, 2, 3].map(n => ({n, type: pick(types), one: pick(countries), other: pick(countries), sentence: text.slice(n * 100, n * 100 + 100)}))
    const published = new Date(Date.UTC(2020, 0, 1) + Math.floor(at / 1000) * 86_400_000).toISOString().slice(0, 10)
    if (!file.write(`${JSON.stringify({number: at + 1, text, published, events})}\n`)) await once(file, "drain")
  }
  file.end()
  await once(file, "finish")
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const side = (/** @type {string} */ code) =>
    `'[{"text":"' || ${code} || '","start":0,"end":3,"name":"' || ${code} || '","kind":"country","country":"' || ${code} || '","sector":null,"code":"' || ${code} || '","basis":"stated","via":null}]'`
  for (const sql of [
    "INSERT INTO runs VALUES (1, '0', 'm', 'plover-2021', 'k', 'c', 'x64', 0.25, DATE '2026-01-01')",
    `CREATE TEMP TABLE given AS SELECT * FROM read_json('${rows}', columns = {number: 'INTEGER', text: 'VARCHAR', published: 'DATE',
       events: 'STRUCT(n INTEGER, type VARCHAR, one VARCHAR, other VARCHAR, sentence VARCHAR)[]'})`,
    `INSERT INTO reports (number, key, id, title, publisher, published, text, words, added, is_current)
     SELECT number, md5(number::VARCHAR), 'r' || number, text[:50], 'P' || number % 40, published, text, '', DATE '2026-01-01', true FROM given`,
    "INSERT INTO codings SELECT number, 1, DATE '2026-01-01', NULL, true, 3, 3, 0 FROM given",
    `INSERT INTO mentions (number, report, run, id, event, head, is_current, type, status, quad, intensity, cameo, contexts, day_from, day_to, confidence,
       sentence, words, sentence_index, sentence_start_at, sentence_end_at, trigger_words, actors, recipients, date, own_event, own_head)
     SELECT place, number, 1, id, id, place, true, type, 'actual', 3, -3, '112', '[]', published, published, 0.8, sentence, '', n, n * 100, n * 100 + 100,
       '{"text":"did","start":' || n * 100 || ',"end":' || n * 100 + 3 || '}', ${side("one")}, ${side("other")},
       '{"from":"' || published || '","to":"' || published || '","basis":"implied","text":null,"start":null,"end":null}', id, place
     FROM (SELECT *, number * 3 - 3 + n AS place, 'r' || number || '/' || n AS id FROM (SELECT number, published, unnest(events, recursive := true) FROM given))`,
    "CHECKPOINT",
  ]) {
    await connection.run(sql)
  }
  connection.closeSync()
  instance.closeSync()
}
