/**
 * node bench/export.js [EVENTS] [FORMAT...]: how long an export of a store takes, and how much memory at most.
 *
 * Events are synthetic: 200 actors of 190 countries, two sides and a sentence each, four mentions a report, a tenth of them retellings,
 * over ten years. The command runs in its own process; its peak is the kernel's (VmHWM).
 */
import {spawn} from "node:child_process"
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {openStore} from "../dist/8-store/index.js"

const [size = "1000000", ...wanted] = process.argv.slice(2)
const formats =
  wanted.length > 0 ? wanted : ["jsonl", "csv", "parquet", "gdelt", "gdelt-mentions", "gdelt1", "icews", "polecat", "geojson", "graphml", "gexf", "panel"]
const folder = mkdtempSync(join(tmpdir(), "communique-bench-"))
try {
  const path = join(folder, "store.duckdb")
  await (await openStore(path, {make: true})).close()
  await fill(path, Number(size))
  console.log(`${Number(size).toLocaleString("en-US")} mentions: ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB\n`)
  console.log("| format | seconds | rows | file, MiB | peak memory, MiB |\n|---|---:|---:|---:|---:|")
  for (const format of formats) {
    const {seconds, peak} = await exported(path, format)
    const [file] = JSON.parse(readFileSync(join(folder, "out", "manifest.json"), "utf8")).files
    console.log(`| ${format} | ${seconds.toFixed(0)} | ${file.rows.toLocaleString("en-US")} | ${(file.bytes / 2 ** 20).toFixed(0)} | ${peak.toFixed(0)} |`)
    rmSync(join(folder, "out"), {recursive: true})
  }
} finally {
  rmSync(folder, {recursive: true, force: true})
}

/** @param {string} path @param {string} format @returns {Promise<{seconds: number, peak: number}>} */
async function exported(path, format) {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [
      "dist/cli/main.js",
      "export",
      "--store",
      path,
      "--format",
      format,
      "--out",
      join(folder, "out"),
      "--quiet",
      ...(format === "panel" ? ["--since", "2024-01-01", "--until", "2024-12-31"] : []),
    ],
    {
      stdio: "inherit",
    },
  )
  let peak = 0
  const status = `/proc/${child.pid}/status`
  const watch = setInterval(() => {
    const [, kilobytes] = (existsSync(status) && /VmHWM:\s+(\d+)/.exec(readFileSync(status, "utf8"))) || []
    if (kilobytes) peak = Math.max(peak, Number(kilobytes) / 1024)
  }, 200)
  const code = await new Promise(done => child.on("exit", done))
  clearInterval(watch)
  if (code !== 0) throw new Error(`export failed with ${code}`)
  return {seconds: (performance.now() - started) / 1000, peak}
}

/** @param {string} path @param {number} size */
async function fill(path, size) {
  const countries = JSON.parse(readFileSync("knowledge/countries/countries.json", "utf8")).columns.iso3.slice(0, 190)
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const random = (/** @type {number} */ salt) => `((hash(n * 31 + ${salt}) % 1000003) / 1000003.0)`
  const country = (/** @type {number} */ salt) =>
    `list_extract([${countries.map((/** @type {string} */ code) => `'${code}'`)}], 1 + floor(190 * power(${random(salt)}, 2))::INTEGER)`
  const side = (/** @type {string} */ code) =>
    `'[{"text":"the minister","start":3,"end":15,"name":"Minister of ' || ${code} || '","kind":"person","country":"' || ${code} || '","sector":"GOV","code":"' || ${code} || 'GOV","basis":"stated","via":null}]'`
  const type = "list_extract(['CONSULT', 'ACCUSE', 'COERCE', 'AGREE'], 1 + n % 4)"
  for (const sql of [
    "INSERT INTO runs VALUES (1, '0', 'm', 'plover-2021', 'k', 'c', 'x64', 0.25, DATE '2026-01-01')",
    `INSERT INTO reports (number, key, id, source, title, url, publisher, published, text, words, added, is_current)
     SELECT n, 'key' || n, 'r' || n, NULL, 'Title ' || n, NULL, 'P' || (n % 50), DATE '2015-01-01' + (n * 3650 // ${size / 4})::INTEGER,
      'Some text of report ' || n, ' some text of report ' || n, DATE '2026-01-01', true FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO codings SELECT n, 1, DATE '2026-01-01', NULL, true, 4, 4, 0 FROM range(1, ${size / 4 + 1}) t(n)`,
    `INSERT INTO mentions (number, report, run, id, event, head, is_current, type, mode, status, quad, intensity, cameo, contexts, day_from, day_to, place_name,
       place_folded, place_country, place_level, place_lat, place_lon, confidence, sentence, words, sentence_index, sentence_start_at, sentence_end_at, trigger_words,
       actors, recipients, date, place) SELECT n, (n + 3) // 4, 1, 'r' || ((n + 3) // 4) || '/' || n, 'r' || ((n + 3) // 4) || '/' || CASE WHEN told THEN n - 1 ELSE n END,
      CASE WHEN told THEN n - 1 ELSE n END, true, ${type}, NULL, CASE WHEN ${random(2)} < 0.9 THEN 'actual' ELSE 'intended' END, 1 + n % 4, 2.5 - n % 4,
      list_extract(['040', '112', '172', '057'], 1 + n % 4), '["economic"]', day, day, 'Town ' || n % 500, 'town ' || n % 500, 'KEN', 'city', 1.5, 36.5, round(0.25 + ${random(5)} * 0.75, 3),
      'In sentence ' || n || ' the minister of one country did something to the minister of another, as such ministers do.',
      ' in sentence ' || n || ' the minister of one country did something to the minister of another as such ministers do', 0, 0, 90,
      '{"text":"did","start":45,"end":48}', ${side("one")}, ${side("other")},
      '{"from":"' || day || '","to":"' || day || '","basis":"implied","text":null,"start":null,"end":null}',
      '{"text":"town","start":0,"end":4,"name":"Town ' || n % 500 || '","country":"KEN","lat":1.5,"lon":36.5,"level":"city"}'
      FROM (SELECT n, n % 4 = 0 AND ${random(9)} < 0.4 AS told, ${country(6)} AS one, ${country(7)} AS other,
        DATE '2015-01-01' + (((n + 3) // 4) * 3650 // ${size / 4})::INTEGER AS day FROM range(1, ${size + 1}) t(n))`,
    "CHECKPOINT",
  ]) {
    await connection.run(sql)
  }
  connection.closeSync()
  instance.closeSync()
}
