/**
 * npm run bench:gather: how long gathering takes, by the number of reports.
 *
 * First near-duplicates alone, room 7 with an index in memory: signatures, look-up by band, comparison of texts. Reports are synthetic, of 120
 * words out of 20,000, three in ten of them light edits of an earlier one. Then all of it in a store, up to the second size.
 * `node bench/gather.js 1000000 3000` chooses the sizes: of the first up to 1,000,000 by tens from 10,000, of the second all at once.
 */

import {bandsOf, copied} from "../dist/7-gather/index.js"
import {openStore} from "../dist/8-store/index.js"
import {gatherReport} from "../dist/gathering.js"

const [most = 1_000_000, stored = 3000] = process.argv.slice(2).map(Number)
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

/** @param {number} size */
async function gatherInStore(size) {
  const store = await openStore(":memory:", {make: true})
  const coder = {version: "0", model: "m", ontology: "plover-2021", knowledge: "k", config: "c"}
  const countries = Array.from({length: 60}, (_, at) => `C${String.fromCharCode(65 + (at % 26))}${String.fromCharCode(65 + Math.floor(at / 26))}`)
  const types = ["ACCUSE", "AID", "COERCE", "ASSAULT", "SUPPORT", "REJECT", "SANCTION", "PROTEST"]
  console.log("\nevents and stories in a store\n| reports | CPU seconds | a report, ms | of them gathering, ms |\n|---:|---:|---:|---:|")
  const began = cpu()
  let gathering = 0
  for (let at = 0, next = size / 10; at < size; at++) {
    const text = textOf(at)
    state = sourceOf(at) * 7919 + 3
    const pick = (/** @type {readonly string[]} */ list) => list[Math.floor(random() * list.length)] ?? ""
    const published = new Date(Date.UTC(2026, 0, 1) + Math.floor((at / size) * 31) * 86_400_000).toISOString().slice(0, 10)
    const report = {id: `r${at}`, title: text.slice(0, 50), url: null, publisher: `P${at % 40}`, published}
    const side = (/** @type {string} */ country) => ({
      text: country,
      start: 0,
      end: 3,
      name: country,
      kind: "country",
      country,
      sector: null,
      code: country,
      basis: "stated",
      via: null,
    })
    const events = [1, 2, 3].map(n => ({
      ...{id: `r${at}/${n}`, event: `r${at}/${n}`, type: pick(types), mode: null, status: "actual", quad: 3, intensity: -3, cameo: "112", contexts: []},
      ...{
        actors: [side(pick(countries))],
        recipients: [side(pick(countries))],
        date: {from: published, to: published, basis: "implied", text: null, start: null, end: null},
        place: null,
      },
      ...{
        trigger: {text: "did", start: n * 100, end: n * 100 + 3},
        sentence: {index: n, text: text.slice(n * 100, n * 100 + 100), start: n * 100, end: n * 100 + 100},
      },
      ...{confidence: 0.8, report, story: null, coder},
    }))
    const coded = /** @type {import("../dist/8-store/index.js").Kept} */ (
      /** @type {unknown} */ ({report, text, events, sentences: [], quotes: [], problems: []})
    )
    const {report: number} = await store.add(coded, {coder, machine: "x64", floor: 0.25, day: "2026-11-26"})
    const from = cpu()
    await gatherReport(store, number)
    gathering += (cpu() - from) * 1000
    if (at + 1 === next || at + 1 === size) {
      const seconds = cpu() - began
      console.log(
        `| ${(at + 1).toLocaleString("en-US")} | ${seconds.toFixed(0)} | ${((seconds * 1000) / (at + 1)).toFixed(1)} | ${(gathering / (at + 1)).toFixed(1)} |`,
      )
    }
  }
  await store.close()
}
