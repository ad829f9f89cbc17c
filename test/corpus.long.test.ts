import {spawnSync} from "node:child_process"
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {gzipSync} from "node:zlib"
import {afterAll, describe, expect, it} from "vitest"

const scratch = mkdtempSync(join(tmpdir(), "communique-standoff-"))
afterAll(() => rmSync(scratch, {recursive: true, force: true}))

type Sentence = {text: string; m: [string, string, string | null][]}
type Document = {id: string; title: string; ref?: string; sentences: Sentence[]}
const rows = (path: string) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line) as Document)
const jsonl = (of: readonly unknown[]) => of.map(row => `${JSON.stringify(row)}\n`).join("")
const standoff = (...words: string[]) => spawnSync("python3", ["corpus/standoff.py", ...words], {encoding: "utf8"})

/** The invented documents as if they were of a source, whose white space differs from the sentences'. */
const documents = readdirSync("corpus/original")
  .flatMap(file => rows(join("corpus/original", file)))
  .map(document => ({...document, ref: `source-${document.id}`}))
const textOf = ({sentences}: Document) => `Opening line.\n\n${sentences.map(({text}, at) => (at % 2 ? text : text.replaceAll(", ", ",\n  "))).join("\n")}\nEnd.`

function writeTexts(folder: string, textFor: (document: Document) => string): string {
  mkdirSync(join(scratch, folder))
  const half = Math.ceil(documents.length / 2)
  const sources = documents.map(document => ({id: document.ref, title: document.title, text: textFor(document)}))
  writeFileSync(join(scratch, folder, "docs.jsonl.gz"), gzipSync(jsonl(sources.slice(0, half))))
  writeFileSync(join(scratch, folder, "summaries.jsonl.gz"), gzipSync(jsonl(sources.slice(half))))
  return join(scratch, folder)
}

describe("corpus/standoff.py", () => {
  const texts = writeTexts("texts", textOf)
  const [whole, parted, joined] = ["whole.jsonl", "parted.jsonl", "joined"].map(name => join(scratch, name)) as [string, string, string]
  writeFileSync(whole, jsonl(documents))
  const part = standoff("part", whole, "--texts", texts, "--out", parted)

  it("parts annotations from their texts and joins them again, the same", () => {
    expect(part).toMatchObject({status: 0, stdout: `${documents.length} documents, 0 not found\n`})
    expect(standoff("join", parted, "--texts", texts, "--out", joined)).toMatchObject({status: 0})
    expect(rows(join(joined, "parted.jsonl"))).toEqual(documents)
  })

  it("holds no sentence and no title", () => {
    const held = readFileSync(parted, "utf8")
    for (const {title, sentences} of documents) {
      if (title.split(" ").length > 5) expect(held).not.toContain(JSON.stringify(title))
      for (const {text} of sentences) if (text.length > 60) expect(held).not.toContain(JSON.stringify(text).slice(1, -1))
    }
  })

  it("tells, counts and leaves out documents whose text is another or not there", () => {
    const changed = writeTexts("changed", document => (document === documents[0] ? textOf(document).replace(/[aeiou]/g, "x") : textOf(document)))
    const {status, stdout, stderr} = standoff("join", parted, "--texts", changed, "--out", join(scratch, "less"))
    expect({status, stdout}).toEqual({status: 3, stdout: `${documents.length - 1} documents, 1 not found\n`})
    expect(stderr).toContain(`the text of ${documents[0]!.ref} has changed`)
    writeFileSync(whole, jsonl([{...documents[0], ref: "nowhere"}, documents[1]]))
    expect(standoff("part", whole, "--texts", texts, "--out", join(scratch, "few.jsonl"))).toMatchObject({status: 3, stdout: "1 documents, 1 not found\n"})
  })

  // TEXTS=/folder/of/texts npm run test:long, where the real texts are at hand.
  it.runIf(process.env.TEXTS)("gives the annotations of corpus/real again, out of the documents that it joins", () => {
    const files = readdirSync("corpus/real").map(file => join("corpus/real", file))
    const [real, again] = [join(scratch, "real"), join(scratch, "again")]
    expect(standoff("join", ...files, "--texts", process.env.TEXTS!, "--out", real)).toMatchObject({status: 0})
    expect(standoff("part", ...readdirSync(real).map(file => join(real, file)), "--texts", process.env.TEXTS!, "--out", again)).toMatchObject({status: 0})
    for (const file of readdirSync("corpus/real")) expect(readFileSync(join(again, file), "utf8")).toBe(readFileSync(join("corpus/real", file), "utf8"))
  })
})
