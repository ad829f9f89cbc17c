import {readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const report =
  "Kenya accused Uganda of holding three of its fishermen. “We will not be silent,” Kenyan Foreign Minister Grace Wafula said. Uganda rejected the claim."
const reports = (count: number) => Array.from({length: count}, (_, n) => `${JSON.stringify({id: `r${n}`, text: report, published: "2026-03-12"})}\n`).join("")

const cwd = folder({"200.jsonl": reports(200), "500.jsonl": reports(500), "5000.jsonl": reports(5000)})

describe("communique code", () => {
  it.each(["jsonl", "parquet"])("leaves an old or a whole %s file, never a torn one, however it is killed", async format => {
    const out = join(cwd, `killed.${format}`)
    await communique(["code", "200.jsonl", "--out", out], {cwd})
    const whole = readFileSync(out)
    const started = performance.now()
    await communique(["code", "200.jsonl", "--out", out], {cwd})
    const tookMs = performance.now() - started
    let killed = 0
    for (let n = 0; n < 30; n++) {
      writeFileSync(out, "old")
      const {code} = await communique(["code", "200.jsonl", "--out", out], {
        cwd,
        during: async child => {
          await new Promise(wait => setTimeout(wait, (n / 27) * tookMs))
          child.kill("SIGKILL")
        },
      })
      if (code === null) killed++
      const found = readFileSync(out)
      expect(found.equals(whole) || found.toString() === "old").toBe(true)
    }
    expect(killed).toBeGreaterThan(10)
  })

  it.runIf(process.platform === "linux")("needs no more memory for ten times the reports", async () => {
    const peak = async (input: string) => {
      let kibibytes = 0
      const ran = await communique(["code", input, "--out", "memory.jsonl"], {
        cwd,
        during: async child => {
          child.stdin!.end()
          while (child.exitCode === null) {
            kibibytes = Number(/VmHWM:\s*(\d+)/.exec(statusOf(child.pid!))?.[1] ?? kibibytes)
            await new Promise(wait => setTimeout(wait, 50))
          }
        },
      })
      expect(ran.code).toBe(0)
      return kibibytes
    }
    const [few, many] = [await peak("500.jsonl"), await peak("5000.jsonl")]
    expect(many / few).toBeLessThan(1.3)
    expect(rowsOf(readFileSync(join(cwd, "memory.jsonl"), "utf8")).length).toBeGreaterThan(5000)
  })
})

/** What Linux says of a process; nothing once it has ended. */
function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8")
  } catch {
    return ""
  }
}
