import {spawn, spawnSync} from "node:child_process"
import {once} from "node:events"
import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {communique} from "./command.ts"
import {folder} from "./folder.ts"
import {serving} from "./serving.ts"

const version = "4.32.5"
const home = join(tmpdir(), `communique-schemathesis-${version}`)

/** The program, which is installed beside nothing else where Python is; `undefined`, loudly, where it cannot be had. */
function schemathesis(): string | undefined {
  const program = join(home, "bin/schemathesis")
  if (existsSync(program)) return program
  for (const words of [
    ["python3", "-m", "venv", home],
    [join(home, "bin/pip"), "install", "--quiet", `schemathesis==${version}`],
  ]) {
    const {status, stderr} = spawnSync(words[0]!, words.slice(1), {encoding: "utf8"})
    if (status !== 0) {
      console.warn(
        `\n*** LEFT OUT: the server's description is not tested by Schemathesis, since "${words.join(" ")}" failed: ${stderr || "no such program"}\n`,
      )
      return undefined
    }
  }
  return program
}

/** Whether a report can be coded no schema says; one that is too long may be so by its bytes. */
const config = `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 422]

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 413, 422]

# Which filters, layouts and units go together.
[[operations]]
include-name = ["GET /api/v1/export", "GET /api/v1/review"]
checks.positive_data_acceptance.enabled = false
`

const originals = () =>
  readdirSync("corpus/original")
    .flatMap(name => readFileSync(`corpus/original/${name}`, "utf8").trim().split("\n"))
    .map(line => JSON.parse(line) as {id: string; title: string; date: string; sentences: {text: string}[]})
    .filter(({sentences}) => sentences.length > 3)
    .slice(0, 40)
    .map(({id, title, date, sentences}) => `${JSON.stringify({id, title, published: date, text: sentences.map(({text}) => text).join("\n")})}\n`)
    .join("")

describe("/openapi.json", () => {
  const program = schemathesis()
  it.skipIf(program === undefined)(
    "says what the server does, in thousands of requests made from it",
    async () => {
      const cwd = folder({"reports.jsonl": originals(), "schemathesis.toml": config})
      expect((await communique(["ingest", "reports.jsonl", "--store", "s.duckdb"], {cwd})).code).toBe(0)
      const token = "0123456789abcdef0123456789abcdef"
      let told = ""
      let code: unknown
      const served = await serving(
        ["serve", "--store", "s.duckdb", "--port", "0"],
        async address => {
          const words = ["--config-file", "schemathesis.toml", "run", `${address}openapi.json`, "--header", `Authorization: Bearer ${token}`]
          const how = ["--phases", "examples,coverage,fuzzing", "--max-examples", "25", "--seed", "1", "--continue-on-failure", "--no-color"]
          const child = spawn(program!, [...words, ...how], {cwd})
          for (const stream of [child.stdout, child.stderr])
            stream.setEncoding("utf8").on("data", (text: string) => {
              told += text
            })
          code = (await once(child, "close"))[0]
        },
        {cwd, env: {COMMUNIQUE_TOKEN: token}},
      )
      writeFileSync(join(tmpdir(), "communique-schemathesis.txt"), told)
      expect(told).toMatch(/generated/)
      expect(code, told).toBe(0)
      // A fault of the program is told with its stack.
      expect(served.err).not.toMatch(/^\w*Error:|^ {4}at /m)
    },
    1_800_000,
  )
})
