import type {ChildProcess} from "node:child_process"
import {existsSync, readdirSync, readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {describe, expect, it} from "vitest"
import {type EventRecord, type Quote, slice} from "../../src/0-records/index.ts"
import {communique, rowsOf, shell} from "./command.ts"
import {folder} from "./folder.ts"

const report =
  "Kenya accused Uganda of holding three of its fishermen. “We will not be silent,” Kenyan Foreign Minister Grace Wafula said. Uganda rejected the claim."
const row = (id: string, text = report) => `${JSON.stringify({id, text, published: "2026-03-12"})}\n`

/** Empty lines: how an input begins is looked at in its first 64 KiB, so that a slow one must first be that long. */
const filler = "\n".repeat(70_000)

const cwd = folder({
  "a.txt": report,
  "news/b.txt": report,
  "news/deep/c.txt": report,
  "rows.jsonl": row("r1") + row("r2"),
  "broken.jsonl": `${row("r1")}{oops\n${row("r3")}`,
  "calm.txt": "The lake lay still in the morning light. Nobody was there.",
  "empty.txt": "",
  "picture.txt": Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0xff, 0xfe]),
  "half.txt": Buffer.concat([Buffer.from(`${report} The café`), Buffer.from([0xc3])]),
  "broken.html": `<html><body><article><p>${report}</p><p>More <b>words <div></article>`,
  "table.csv": `doc,body,date\nt1,"${report}",2026-03-12\n`,
  "marks.txt": "—\n\n***\n",
})

/** What other programs count in a file. */
async function countIn(file: string): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:")
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(`SELECT count(*)::INTEGER AS n FROM '${join(cwd, file)}'`)
  connection.closeSync()
  return reader.getRowObjectsJson()[0]!.n as number
}

describe("communique code", () => {
  it("prints rows as JSON Lines where no terminal reads, and the rest on standard error", async () => {
    const {code, out, err} = await communique(["code", "a.txt", "--published", "2026-03-12"], {cwd})
    const rows = rowsOf<EventRecord>(out)
    expect(code).toBe(0)
    expect(rows.length).toBeGreaterThan(0)
    expect(err).toMatch(/^communique: \d+ mentions? of \d+ events?, \d+ quotes?, 0 problems in \d+\.\d s\n$/)
    expect(rows.map(({report}) => report.published)).toEqual(rows.map(() => "2026-03-12"))
  })

  it("points at the words", async () => {
    for (const {trigger, sentence, actors, recipients} of rowsOf<EventRecord>((await communique(["code", "a.txt"], {cwd})).out)) {
      for (const {text, start, end} of [trigger, sentence, ...actors, ...recipients]) expect(slice(report, start, end)).toBe(text)
    }
  })

  it("reads several inputs, folders and standard input", async () => {
    const {code, out} = await communique(["code", "a.txt", "news", "rows.jsonl", "-"], {cwd, input: report.replace("Kenya", "Rwanda")})
    const perReport = rowsOf<EventRecord>((await communique(["code", "a.txt"], {cwd})).out).length
    expect(code).toBe(0)
    expect(rowsOf(out).length).toBeGreaterThanOrEqual(5 * perReport)
  })

  it("writes the same rows in every format", async () => {
    const ran = await Promise.all(["jsonl", "csv", "parquet"].map(format => communique(["code", "rows.jsonl", "--out", `same.${format}`], {cwd})))
    expect(ran.map(({code, out}) => [code, out])).toEqual([
      [0, ""],
      [0, ""],
      [0, ""],
    ])
    const {out} = await communique(["code", "rows.jsonl"], {cwd})
    expect(readFileSync(join(cwd, "same.jsonl"), "utf8")).toBe(out)
    const rows = rowsOf(out).length
    expect(await countIn("same.csv")).toBe(rows)
    expect(await countIn("same.parquet")).toBe(rows)
    expect(readdirSync(cwd).filter(name => name.startsWith("."))).toEqual([])
  })

  it("lets --format win over the ending of --out", async () => {
    await communique(["code", "a.txt", "--format", "csv", "--out", "odd.jsonl"], {cwd})
    expect(readFileSync(join(cwd, "odd.jsonl"), "utf8")).toMatch(/^id,event,type,/)
  })

  it("ends the text layout with the counts", async () => {
    const {out, err} = await communique(["code", "a.txt", "--format", "text"], {cwd})
    expect(out).toMatch(/Kenya \(KEN\w*\).*ACCUSE/)
    expect(out).toMatch(/\n\d+ mentions? of \d+ events?, \d+ quotes?, 0 problems in \d+\.\d s\n$/)
    expect(err).toBe("")
  })

  it("gives the same bytes again, on one thread or two", async () => {
    const [one, again, two] = await Promise.all([[], [], ["--threads", "2"]].map(more => communique(["code", "rows.jsonl", ...more], {cwd})))
    expect(again!.out).toBe(one!.out)
    expect(two!.out).toBe(one!.out)
  })

  it("reads a table by its named columns", async () => {
    const {code, out} = await communique(["code", "table.csv", "--columns", "id=doc,text=body,published=date"], {cwd})
    expect(code).toBe(0)
    expect(rowsOf<EventRecord>(out)[0]?.report).toMatchObject({id: "t1", published: "2026-03-12"})
  })
})

describe("communique quotes", () => {
  it("prints one row for each quote", async () => {
    const {code, out, err} = await communique(["quotes", "a.txt"], {cwd})
    expect(code).toBe(0)
    expect(rowsOf<Quote>(out).map(({content}) => content.text)).toContainEqual(expect.stringContaining("We will not be silent"))
    expect(err).toMatch(/^communique: \d+ quotes?, 0 problems in /)
  })

  it("shows quotes only in its text layout", async () => {
    const {out} = await communique(["quotes", "a.txt", "--format", "text"], {cwd})
    expect(out).toContain("We will not be silent")
    expect(out).not.toContain("ACCUSE")
  })
})

describe("a filter", () => {
  it("keeps the rows of a status and tells how many it left out", async () => {
    const all = rowsOf<EventRecord>((await communique(["code", "a.txt"], {cwd})).out)
    const kept = all.filter(({status}) => status === "actual")
    const {out} = await communique(["code", "a.txt", "--status", "actual"], {cwd})
    expect(rowsOf(out)).toEqual(kept)
    const none = await communique(["code", "a.txt", "--status", "intended,negated"], {cwd})
    const left = all.filter(({status}) => status !== "intended" && status !== "negated").length
    expect(none.err).toMatch(new RegExp(`; ${left} rows? left out by the filter, ${left} of them of another --status\n$`))
    expect(none.code).toBe(0)
  })

  it("keeps the rows of a confidence, and their ids", async () => {
    const all = rowsOf<EventRecord>((await communique(["code", "a.txt", "--min-confidence", "0"], {cwd})).out)
    const least = Math.max(...all.map(({confidence}) => confidence))
    const {out} = await communique(["code", "a.txt", "--min-confidence", String(least)], {cwd})
    expect(rowsOf(out)).toEqual(all.filter(({confidence}) => confidence >= least))
  })
})

describe("an empty outcome", () => {
  it("of a report without events is no failure", async () => {
    const {code, out, err} = await communique(["code", "calm.txt"], {cwd})
    expect({code, out}).toEqual({code: 0, out: ""})
    expect(err).toContain("0 mentions of 0 events, 0 quotes, 0 problems")
    expect(err).toContain("1 report read, no event found")
  })

  it("of a folder without reports is a failure", async () => {
    const {code, err} = await communique(["code", folder({})])
    expect(code).toBe(1)
    expect(err).toMatch(/\[input-missing\]\ncommunique: nothing was read: 1 input or row failed\n$/)
  })

  it("of failed inputs is a failure", async () => {
    const {code, err} = await communique(["code", "gone.txt", "gone2.txt"], {cwd})
    expect(code).toBe(1)
    expect(err).toContain("nothing was read: 2 inputs or rows failed")
  })
})

describe("a bad input", () => {
  it.each([
    ["a missing file", "gone.txt", "input-missing"],
    ["an empty file", "empty.txt", "text-empty"],
    ["a picture", "picture.txt", "input-binary"],
    ["a text without a letter", "marks.txt", "text-empty"],
    ["a table without the named column", "table.csv --columns text=words", "column-missing"],
  ])("such as %s is told with its place and code, and the rest goes on", async (_, words, problem) => {
    const {code, out, err} = await communique(["code", ...words.split(" "), "a.txt"], {cwd})
    expect(err).toMatch(new RegExp(`^communique: [^ ]*${words.split(" ")[0]}(:\\d+)?: .*\\[${problem}\\]$`, "m"))
    expect(rowsOf(out).length).toBeGreaterThan(0)
    expect(code).toBe(3)
  })

  it("such as a broken line of JSON is told with its line, and the lines around it are coded", async () => {
    const {code, out, err} = await communique(["code", "broken.jsonl"], {cwd})
    expect(code).toBe(3)
    expect(err).toMatch(/^communique: [^ ]*broken\.jsonl:2: .*\[row-unreadable\]$/m)
    expect(new Set(rowsOf<EventRecord>(out).map(({report}) => report.id))).toEqual(new Set(["r1", "r3"]))
  })

  it("such as half a character is told as a warning", async () => {
    const {code, out, err} = await communique(["code", "half.txt"], {cwd})
    expect(code).toBe(0)
    expect(err).toMatch(/^communique: [^ ]*half\.txt: warning: .*\[text-replaced\]$/m)
    expect(rowsOf(out).length).toBeGreaterThan(0)
    expect((await communique(["code", "half.txt", "--quiet"], {cwd})).err).toBe("")
  })

  it("such as broken HTML is read as a browser would", async () => {
    const {code, out} = await communique(["code", "broken.html"], {cwd})
    expect(code).toBe(0)
    expect(rowsOf<EventRecord>(out)[0]?.trigger.text).toBe("accused")
  })

  it("such as 50 MB of one line is told, and the rest goes on", async () => {
    writeFileSync(join(cwd, "long.txt"), "word ".repeat(10_000_000))
    const {code, out, err} = await communique(["code", "long.txt", "a.txt"], {cwd})
    expect(err).toMatch(/long\.txt: .*\[input-too-large\]/)
    expect(rowsOf(out).length).toBeGreaterThan(0)
    expect(code).toBe(3)
  })
})

describe("the output", () => {
  const standing = (name: string) => {
    writeFileSync(join(cwd, name), "what stood there\n")
    return () => readFileSync(join(cwd, name), "utf8")
  }

  it("replaces a file only when it is whole", async () => {
    const read = standing("kept.jsonl")
    const {code} = await communique(["code", "-", "--as", "jsonl", "--out", "kept.jsonl"], {
      cwd,
      during: async child => {
        child.stdin!.write(filler + row("r1"))
        await until(child, () => readdirSync(cwd).some(name => name.startsWith(".kept.jsonl")))
        expect(read()).toBe("what stood there\n")
        child.stdin!.end(row("r2"))
      },
    })
    expect(code).toBe(0)
    expect(new Set(rowsOf<EventRecord>(read()).map(({report}) => report.id))).toEqual(new Set(["r1", "r2"]))
  })

  it("leaves a file alone where nothing could be read", async () => {
    const read = standing("kept2.jsonl")
    expect((await communique(["code", "gone.txt", "--out", "kept2.jsonl"], {cwd})).code).toBe(1)
    expect(read()).toBe("what stood there\n")
    expect(readdirSync(cwd).filter(name => name.startsWith("."))).toEqual([])
  })

  it.runIf(existsSync("/dev/full"))("that fills the disk is one clear error", async () => {
    const toFile = await communique(["code", "a.txt", "--out", "/dev/full"], {cwd})
    expect(toFile).toEqual({code: 1, out: "", err: 'communique: Cannot write "/dev/full": ENOSPC: no space left on device [output-failed]\n'})
    const redirected = await shell("communique code a.txt > /dev/full", {cwd})
    expect(redirected).toEqual({code: 1, out: "", err: "communique: Cannot write standard output: ENOSPC: no space left on device [output-failed]\n"})
  })

  it("in a folder that is not there is one clear error, before anything is read", async () => {
    const {code, err} = await communique(["code", "gone.txt", "--out", "nowhere/x.csv"], {cwd})
    expect({code, err}).toEqual({code: 1, err: 'communique: Cannot write "nowhere/x.csv": found no such folder; make it first [output-failed]\n'})
  })

  it("that nobody reads any more ends quietly", async () => {
    const {out, err} = await shell(`communique code rows.jsonl rows.jsonl - --as jsonl | head -1 | wc -l; echo "\${PIPESTATUS[0]}"`, {
      cwd,
      input: row("r9").repeat(500),
    })
    expect({out, err}).toEqual({out: "1\n0\n", err: ""})
  })

  it("is silent but for failures with --quiet", async () => {
    const {out, err} = await communique(["code", "a.txt", "gone.txt", "--quiet", "--format", "text"], {cwd})
    expect(err).toMatch(/^communique: .*gone\.txt.*\[input-missing\]\n$/)
    expect(out).not.toMatch(/problems? in/)
  })
})

describe("a stop", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s writes what is finished", async (signal, expected) => {
    const {code, err} = await communique(["code", "-", "--as", "jsonl", "--out", `${signal}.jsonl`], {
      cwd,
      during: async child => {
        child.stdin!.write(filler + row("r1") + row("r2"))
        // The second report is under way, or about to be, when the rows of the first are in the unfinished file.
        await until(child, () => readdirSync(cwd).some(name => name.startsWith(`.${signal}`) && readFileSync(join(cwd, name), "utf8").includes('"r1/1"')))
        child.kill(signal)
      },
    })
    expect(code).toBe(expected)
    expect(err).toMatch(/^communique: \d+ mentions? of/)
    const rows = rowsOf<EventRecord>(readFileSync(join(cwd, `${signal}.jsonl`), "utf8"))
    const finished = [...new Set(rows.map(({report}) => report.id))]
    expect([["r1"], ["r1", "r2"]]).toContainEqual(finished)
    for (const id of finished) expect(rows.filter(({report}) => report.id === id).length).toBe(rows.length / finished.length)
    expect(readdirSync(cwd).filter(name => name.startsWith("."))).toEqual([])
  })

  it("leaves a whole Parquet file", async () => {
    await communique(["code", "-", "--as", "jsonl", "--out", "stopped.parquet"], {
      cwd,
      during: async child => {
        child.stdin!.write(filler + row("r1") + row("r2"))
        const scratch = () => readdirSync(cwd).find(name => name.startsWith(".communique-"))
        await until(child, () => {
          const name = scratch()
          return name !== undefined && existsSync(join(cwd, name, "rows.jsonl")) && readFileSync(join(cwd, name, "rows.jsonl"), "utf8").includes('"r1/1"')
        })
        child.kill("SIGINT")
      },
    })
    expect(await countIn("stopped.parquet")).toBeGreaterThan(0)
    expect(readdirSync(cwd).filter(name => name.startsWith("."))).toEqual([])
  })
})

/** Waits for something that a running command does. */
async function until(child: ChildProcess, isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (child.exitCode !== null) throw new Error(`the command ended with ${child.exitCode} before it did so`)
    if (tries > 1000) throw new Error("it did not happen in 20 seconds")
    await new Promise(wait => setTimeout(wait, 20))
  }
}
