import {spawnSync} from "node:child_process"
import {readdirSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, inject, it} from "vitest"

/** What each example must print, among other things. */
const prints: Readonly<Record<string, RegExp>> = {
  "code-a-report.js": /^2026-03-09: .*(Kampala|Uganda).*CONSULT/m,
  "count-dyads.js": /^\d+ {2}KEN\w* → UGA\w* {2}ACCUSE$/m,
}

describe("examples", () => {
  it("are all run here", () => {
    expect(readdirSync("examples").filter(name => name.endsWith(".js"))).toEqual(Object.keys(prints))
  })

  it.each(Object.entries(prints))("%s runs", (name, words) => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [join(inject("built"), "examples", name)], {encoding: "utf8"})
    expect(stderr).toBe("")
    expect(status).toBe(0)
    expect(stdout).toMatch(words)
  })
})
