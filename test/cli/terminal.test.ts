import {spawnSync} from "node:child_process"
import {describe, expect, it} from "vitest"
import {main, shell} from "./command.ts"
import {folder} from "./folder.ts"

const cwd = folder({"a.txt": "Kenya accused Uganda of holding three of its fishermen."})

/** What stands on a terminal, made by util-linux's `script`, after the command has run in it. */
async function shown(words: string, env: Readonly<Record<string, string>> = {}) {
  return shell(`script -qec '"${process.execPath}" "${main()}" ${words}' /dev/null < /dev/null`, {cwd, env: {NO_COLOR: "", ...env}})
}

describe.runIf(spawnSync("script", ["--version"]).stdout?.includes("util-linux"))("on a terminal", () => {
  it("rows are a table with colours", async () => {
    const {out} = await shown("code a.txt")
    expect(out).toMatch(/Kenya \(KEN\w*\)/)
    expect(out).toContain("\u001b[1maccused\u001b[22m")
  })

  it("NO_COLOR takes the colours away", async () => {
    const {out} = await shown("code a.txt", {NO_COLOR: "1"})
    expect(out).toContain("[accused]")
    expect(out).not.toContain("\u001b[")
  })

  it("Parquet is not printed", async () => {
    const {code, out} = await shown("code a.txt --format parquet")
    expect(out).toContain("Cannot print parquet on a terminal")
    expect(code).toBe(2)
  })

  it("relate and resolve print lines to read", async () => {
    const row = JSON.stringify({id: 5, text: "Nairobi"})
    const {out} = await shell(`printf '%s\\n' '${row}' > phrases.jsonl`, {cwd}).then(() => shown("resolve phrases.jsonl"))
    expect(out).toMatch(/^5 Nairobi → Kenya \(KEN\)/)
  })
})
