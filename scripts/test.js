// npm test: types, lint and format, docs, tests, in this order; all of them, even where an early one fails.
import {run, runTests} from "./run.js"

const parts = [
  ["types", async () => (await run("tsc", ["-p", "tsconfig.json"])) || (await run("tsc", ["-p", "web/tsconfig.json"]))],
  ["lint and format", () => run("biome", ["check", "."])],
  ["docs", () => tests(["--project", "docs"])],
  ["tests", () => tests(["--project", "rooms", "--project", "doors"])],
]

const ran = []
async function tests(words) {
  const result = await runTests(words)
  ran.push(result)
  return result.code
}

const failures = []
const seconds = []
for (const [name, check] of parts) {
  console.log(`\n── ${name}`)
  const started = performance.now()
  if ((await check()) !== 0) failures.push(name)
  seconds.push([name, (performance.now() - started) / 1000])
}

const slowest = ran.flatMap(result => result.seconds).sort(([, one], [, other]) => other - one)
console.log("\n── what took longest")
for (const [name, took] of [...seconds, ...slowest.slice(0, 8)]) console.log(`${took.toFixed(1).padStart(7)} s  ${name}`)
if (failures.length > 0) console.log(`\nFailed: ${failures.join(", ")}`)

console.log(`\n${ran.at(-1)?.closing.join("\n") ?? ""}`)
const total = key => ran.reduce((sum, result) => sum + result[key], 0)
console.log(`${total("passed")} passed, ${total("failed")} failed`)
process.exitCode = failures.length > 0 ? 1 : 0
