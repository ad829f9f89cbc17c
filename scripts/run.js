import {spawn} from "node:child_process"
import {once} from "node:events"
import {existsSync, readFileSync, rmSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"

const tools = {
  tsc: "node_modules/typescript/bin/tsc",
  biome: "node_modules/@biomejs/biome/bin/biome",
  vitest: "node_modules/vitest/vitest.mjs",
}

/**
 * Runs one of the tools that come with `npm ci`.
 *
 * @param hears  called with each line that it prints; without it, the lines go straight to the terminal
 * @returns its exit code
 */
export async function run(tool, words, {env = {}, hears} = {}) {
  const child = spawn(process.execPath, [tools[tool], ...words], {
    stdio: ["inherit", hears ? "pipe" : "inherit", "inherit"],
    env: {...process.env, ...(hears && process.stdout.isTTY ? {FORCE_COLOR: "1"} : {}), ...env},
  })
  let rest = ""
  child.stdout?.setEncoding("utf8").on("data", text => {
    const lines = (rest + text).split("\n")
    rest = lines.pop()
    for (const line of lines) hears(line)
  })
  const [code] = await once(child, "close")
  if (rest) hears(rest)
  return code ?? 1
}

/**
 * Runs tests, prints what vitest prints but for its closing lines.
 *
 * @returns the closing lines, the numbers, and the seconds that each test file took
 */
export async function runTests(words, env = {}) {
  const report = join(tmpdir(), `communique-tests-${process.pid}.json`)
  const closing = []
  const hears = line => {
    if (line.startsWith("JSON report written")) return
    if (closing.length > 0 || line.includes("Test Files ")) closing.push(line)
    else console.log(line)
  }
  try {
    const code = await run("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...words], {env, hears})
    if (!existsSync(report)) return {code: code || 1, passed: 0, failed: 0, seconds: [], closing}
    const {numPassedTests: passed, numFailedTests: failed, testResults} = JSON.parse(readFileSync(report, "utf8"))
    const seconds = testResults.map(({name, startTime, endTime}) => [name.replace(`${process.cwd()}/`, ""), (endTime - startTime) / 1000])
    return {code, passed, failed, seconds, closing}
  } finally {
    rmSync(report, {force: true})
  }
}
