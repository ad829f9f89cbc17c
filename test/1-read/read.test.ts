import assert from "node:assert/strict"
import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {gzipSync} from "node:zlib"
import {DuckDBInstance} from "@duckdb/node-api"
import {afterAll, describe, it} from "vitest"
import type {Problem, Source} from "../../src/0-records/index.ts"
import {isProblem, type ReadOptions, read} from "../../src/1-read/index.ts"

const folder = mkdtempSync(join(tmpdir(), "communique-test-"))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const path = (name: string) => join(folder, name)
const put = (name: string, bytes: string | Uint8Array) => {
  mkdirSync(join(path(name), ".."), {recursive: true})
  writeFileSync(path(name), bytes)
  return path(name)
}
const all = async (inputs: string[], options: ReadOptions = {}) => {
  const found: (Source | Problem)[] = []
  for await (const one of read(inputs, options)) found.push(one)
  return found
}
/** Codes of problems and texts of sources, in order. */
const told = async (inputs: string[], options: ReadOptions = {}) =>
  (await all(inputs, options)).map(found => (isProblem(found) ? found.code : (found.text ?? found.html)))
const input = async function* (...parts: (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part
}

describe("read", () => {
  describe("goes on after an input that cannot be read", () => {
    const good = put("good.txt", "Mali freed ten men.")
    const cases: Readonly<Record<string, readonly [string, string]>> = {
      "a missing file": [path("none.txt"), "input-missing"],
      "a path below a file": [join(good, "x.txt"), "input-missing"],
      "an empty file": [put("empty.txt", ""), "text-empty"],
      "white space": [put("blank.txt", " \n\n\t"), "text-empty"],
      "no line at all": [put("empty.jsonl", "\n\n"), "text-empty"],
      "a program": [put("program.txt", Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 1, 2, 3)), "input-binary"],
      "a PDF": [put("paper.pdf", "%PDF-1.7 …"), "input-binary"],
      zeros: [put("zeros.txt", new Uint8Array(100)), "input-binary"],
      "binary lines": [put("zeros.jsonl", new Uint8Array(100)), "input-binary"],
      "broken JSON": [put("broken.json", '{"text": "Mali'), "row-unreadable"],
      "a page past 5 MiB": [put("long.html", `<p>${"x".repeat(5 * 1024 * 1024)}</p>`), "input-too-large"],
      "half a gzip": [put("cut.txt.gz", gzipSync("Mali freed ten men.").subarray(0, 20)), "input-unreadable"],
      "half an archive": [put("cut.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000\r\n\r\nHTTP/1.1 200 OK"), "input-unreadable"],
      "a table that is none": [put("none.parquet", "Mali freed ten men."), "input-unreadable"],
      "a folder of nothing to read": [join(put("odd/a.docx", "x"), ".."), "input-missing"],
      "no address": ["http://", "fetch-refused"],
    }
    for (const [name, [bad, code]] of Object.entries(cases)) {
      it(name, async () => {
        const found = await all([bad, good])
        const [first, ...rest] = found
        assert.ok(first && isProblem(first))
        assert.deepEqual([first.code, first.isWarning, first.place.input], [code, false, bad])
        assert.match(first.message, /^Cannot /)
        assert.deepEqual(
          rest.map(one => !isProblem(one) && one.text),
          ["Mali freed ten men."],
        )
      })
    }
    it.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
      const locked = put("locked.txt", "x")
      chmodSync(locked, 0o000)
      assert.deepEqual(await told([locked, good]), ["input-unreadable", "Mali freed ten men."])
    })
  })

  it("tells one line of 50 MB and reads the next", async () => {
    const bytes = input('{"text": "', ...Array.from({length: 50}, () => "x".repeat(1_000_000)), '"}\n{"text": "Mali freed ten men."}\n')
    const before = process.memoryUsage().arrayBuffers
    const found = await all(["-"], {as: "jsonl", stdin: bytes})
    assert.deepEqual(
      found.map(one => [isProblem(one) ? one.code : one.text, one.place.line]),
      [
        ["input-too-large", 1],
        ["Mali freed ten men.", 2],
      ],
    )
    assert.ok(process.memoryUsage().arrayBuffers - before < 30_000_000)
  })

  it("holds one row at a time", async () => {
    let given = 0
    const rows = async function* () {
      for (; given < 200_000; given++) yield Buffer.from(`{"id": ${given}, "text": "Mali freed ten men."}\n`)
    }
    let seen = 0
    for await (const one of read(["-"], {as: "jsonl", stdin: rows()})) {
      assert.ok(!isProblem(one))
      // what is read ahead is the 64 KiB by which a format is told
      assert.ok(given - seen++ < 3000)
      if (seen === 20_000) break
    }
    assert.ok(given < 25_000)
  })

  it("cuts lines and characters across chunks", async () => {
    const bytes = Buffer.from('{"text": "Genève fell."}\r\n{"text": "Zürich stood."}')
    const single = input(...Array.from(bytes, byte => Uint8Array.of(byte)))
    assert.deepEqual(await told(["-"], {as: "jsonl", stdin: single}), ["Genève fell.", "Zürich stood."])
  })

  describe("guesses the format of standard input", () => {
    const guesses = (name: string, bytes: string, expected: string) =>
      it(name, async () => assert.deepEqual(await told(["-"], {stdin: input(bytes)}), [expected]))
    guesses("as JSON Lines", '{"text": "Mali freed ten men."}\n', "Mali freed ten men.")
    guesses("as JSON", '{\n  "text": "Mali freed ten men."\n}', "Mali freed ten men.")
    guesses("as a list", '[{"text": "Mali freed ten men."}]', "Mali freed ten men.")
    guesses("as a page", "<!doctype html><p>Mali freed ten men.</p>", "<!doctype html><p>Mali freed ten men.</p>")
    guesses(
      "as a feed",
      '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><description>Mali freed ten men.</description></item></channel></rss>',
      "Mali freed ten men.",
    )
    guesses("else as text", "Mali freed ten men.", "Mali freed ten men.")
    it("and tells where there is none", async () => assert.deepEqual(await told(["-"]), ["input-missing"]))
  })

  it("reads a folder in the order of names, and tells once what it left out", async () => {
    for (const name of ["b.txt", "a/2.txt", "a/1.txt", "a/.hidden.txt", ".git/x.txt", "c.docx", "d.docx", "e"]) put(`tree/${name}`, name)
    symlinkSync(path("tree"), path("tree/a/loop"))
    symlinkSync(path("tree/b.txt"), path("tree/a/3.txt"))
    const found = await all([path("tree")])
    assert.deepEqual(
      found.map(one => (isProblem(one) ? [one.code, one.isWarning] : one.text)),
      ["a/1.txt", "a/2.txt", "b.txt", "b.txt", ["format-unknown", true]],
    )
    assert.match((found.at(-1) as Problem).message, /2 of \.docx, 1 of no extension/)
  })

  it("reads what is gzipped", async () =>
    assert.deepEqual(await told([put("a.jsonl.gz", gzipSync('{"text": "Mali freed ten men."}\n'))]), ["Mali freed ten men."]))

  it("gives the caller's day to what has it not", async () => {
    const found = await all([put("day.jsonl", '{"text": "a b", "published": "2024-05-01"}\n{"text": "c d"}')], {published: "2020-01-01"})
    assert.deepEqual(
      found.map(one => !isProblem(one) && [one.published, one.publishedDefault]),
      [
        ["2024-05-01", "2020-01-01"],
        [undefined, "2020-01-01"],
      ],
    )
  })

  it("ends when told to", async () => {
    const ending = new AbortController()
    const found: unknown[] = []
    for await (const one of read([path("good.txt"), path("good.txt")], {signal: ending.signal})) {
      found.push(one)
      ending.abort()
    }
    assert.equal(found.length, 1)
  })

  describe("columns", () => {
    const columns = {id: "doc", text: "body", published: "day", publisher: "outlet"}
    const row = {id: "7", text: "Mali freed ten men.", published: "2024-05-01", publisher: "Sahel Press"}
    const fields = async (name: string, options: ReadOptions = {columns}) =>
      (await all([name], options)).map(one => {
        if (isProblem(one)) return one.code
        const {place: _, ...rest} = one
        return rest
      })

    it("are read by the names given, whatever other columns there are", async () => {
      const table = put("named.csv", "doc,title2,body,day,outlet,html\n7,x,Mali freed ten men.,2024-05-01,Sahel Press,<p>no</p>\n")
      assert.deepEqual(await fields(table), [row])
    })
    it("are read from JSON Lines too", async () =>
      assert.deepEqual(await fields(put("named.jsonl", '{"doc": 7, "body": "Mali freed ten men.", "day": "2024-05-01", "outlet": "Sahel Press"}')), [row]))
    it("are read from Parquet, days and numbers as text", async () => {
      const table = path("it's [a] table.parquet")
      const connection = await (await DuckDBInstance.create(":memory:")).connect()
      await connection.run(
        `copy (select 7 as doc, 'Mali freed ten men.' as body, date '2024-05-01' as day, 'Sahel Press' as outlet) to '${table.replaceAll("'", "''")}' (format parquet)`,
      )
      connection.closeSync()
      assert.deepEqual(await fields(table), [row])
    })
    it("that are missing are told with those that are there", async () => {
      const [problem] = await all([put("other.csv", 'a,"b ""c"""\n1,2\n')], {columns})
      assert.ok(problem && isProblem(problem))
      assert.equal(problem.code, "column-missing")
      assert.equal(problem.message, 'Cannot find the column "doc": the table has "a", "b "c""')
    })
    it("of no field are told", async () => assert.deepEqual(await fields(path("named.csv"), {columns: {body: "body"}}), ["column-missing"]))
    it("are guessed where they are obvious", async () =>
      assert.deepEqual(await told([put("obvious.csv", "Doc ID,Full_Text\n1,Mali freed ten men.\n")]), ["Mali freed ten men."]))
    it("rows that cannot be cut are told, and the rest goes on", async () => {
      const found = await told([put("ragged.csv", "id,text\n1,Mali freed ten men.\n2,a,b,c\n3,Chad freed four.\n")])
      assert.deepEqual(found, ["Mali freed ten men.", "Chad freed four.", "row-unreadable"])
    })
    it("in windows-1252 are read", async () =>
      assert.deepEqual(await told([put("latin.csv", Buffer.from("id,text\n1,Gen\xe8ve fell.\n", "latin1"))]), ["Genève fell."]))
  })

  describe("web archives", () => {
    const record = (type: string, block: Uint8Array, uri = "https://x.example/1") =>
      Buffer.concat([
        Buffer.from(`WARC/1.0\r\nWARC-Type: ${type}\r\nWARC-Target-URI: ${uri}\r\nContent-Length: ${block.length}\r\n\r\n`),
        block,
        Buffer.from("\r\n\r\n"),
      ])
    const answer = (body: string | Uint8Array, headers = "Content-Type: text/html; charset=utf-8", status = "200 OK") =>
      Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n`), Buffer.from(body)])
    const html = "<p>Mali freed ten men.</p>"
    const archive = Buffer.concat([
      gzipSync(record("warcinfo", Buffer.from("software: x"))),
      gzipSync(record("request", Buffer.from("GET / HTTP/1.1"))),
      gzipSync(record("response", answer(html))),
      gzipSync(record("response", answer("{}", "Content-Type: application/json"))),
      gzipSync(record("response", answer(html, "Content-Type: text/html", "404 Not Found"))),
      gzipSync(record("response", answer(gzipSync(html), "Content-Type: text/html\r\nContent-Encoding: gzip"), "https://x.example/2")),
      gzipSync(
        record(
          "response",
          answer(`8\r\n${html.slice(0, 8)}\r\n12\r\n${html.slice(8)}\r\n0\r\n\r\n`, "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
          "https://x.example/3",
        ),
      ),
      gzipSync(record("response", answer(gzipSync("x".repeat(10_000_000)), "Content-Type: text/html\r\nContent-Encoding: gzip"), "https://x.example/4")),
      gzipSync(record("response", answer("x".repeat(6_000_000)), "https://x.example/5")),
    ])
    it("give their pages, and tell those that are too large", async () => {
      const found = await all([put("crawl.warc.gz", archive)])
      assert.deepEqual(
        found.map(one => (isProblem(one) ? one.code : [one.url, one.html])),
        [["https://x.example/1", html], ["https://x.example/2", html], ["https://x.example/3", html], "input-unreadable", "input-too-large"],
      )
    })
  })

  it("refuses a feed nested too deep in little time", async () => {
    const before = process.cpuUsage()
    assert.deepEqual(await told(["-"], {as: "feed", stdin: input(`<rss>${"<a>".repeat(200_000)}`)}), ["input-unreadable"])
    assert.ok(process.cpuUsage(before).user < 500_000)
  })
  it("reads a million numeric references in little time", async () => {
    const before = process.cpuUsage()
    const found = await told(["-"], {
      as: "feed",
      stdin: input(`<rss version="2.0"><channel><title>x</title><item><description>${"&#97;".repeat(1_000_000)}</description></item></channel></rss>`),
    })
    assert.equal(found.length, 1)
    assert.ok(process.cpuUsage(before).user < 2_000_000)
  })
})
