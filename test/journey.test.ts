import {readdirSync, readFileSync} from "node:fs"
import {afterAll, beforeAll, describe, expect, it} from "vitest"
import type {Coded, Problem, Source} from "../src/0-records/index.ts"
import {type Coder, openCoder} from "../src/index.ts"

/** Reports of the project's own corpus. */
function reports(count: number): Source[] {
  return readdirSync("corpus/original")
    .flatMap(name => readFileSync(`corpus/original/${name}`, "utf8").trim().split("\n"))
    .map(line => JSON.parse(line) as {id: string; date: string; sentences: {text: string}[]})
    .filter(({sentences}) => sentences.length > 3)
    .slice(0, count)
    .map(({id, date, sentences}) => ({id, published: date, text: sentences.map(({text}) => text).join("\n"), place: {}}))
}

async function* all(sources: readonly Source[]): AsyncGenerator<Source> {
  yield* sources
}

async function rows(coded: AsyncIterable<Coded | Problem>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const one of coded) if ("events" in one) found.set(one.report.id, JSON.stringify([one.events, one.quotes]))
  return found
}

describe("the journey", () => {
  let one: Coder
  let two: Coder
  beforeAll(async () => {
    one = await openCoder()
    two = await openCoder({threads: 2})
  })
  afterAll(async () => {
    await one.close()
    await two.close()
  })

  it("gives the same bytes alone, together, reversed, on one thread and on two", {timeout: 240_000}, async () => {
    const sources = reports(100)
    const together = await rows(one.codeAll(all(sources)))
    expect(together.size).toBe(100)
    expect(Math.max(...[...together.values()].map(text => text.length))).toBeGreaterThan(1000)
    expect([...(await rows(two.codeAll(all(sources.toReversed())))).entries()].toReversed()).toEqual([...together.entries()])
    for (const {place, ...source} of sources) {
      const {events, quotes} = await one.code(source)
      expect(JSON.stringify([events, quotes])).toBe(together.get(source.id!))
    }
  })

  it("tells of a text that is no string, and closes twice", async () => {
    await expect(one.code({text: 3 as unknown as string})).rejects.toThrow(/expected "text" or "html" to be a string, found number/)
    const other = await openCoder()
    await other.close()
    await other.close()
    await expect(other.code({text: "Chad freed ten prisoners on Monday."})).rejects.toThrow(/was closed: open another/)
  })

  it("tells of a report that cannot be coded, in its place, and goes on", async () => {
    const sources: Source[] = [
      {id: "good", text: "France expelled two Russian diplomats on Monday.", published: "2024-05-15", place: {}},
      {id: "empty", text: "  \n ", place: {input: "rows.jsonl", line: 2}},
      {id: "other", text: "Police arrested three protesters in Lima.", published: "2024-05-15", place: {}},
    ]
    const found: string[] = []
    for await (const coded of two.codeAll(all(sources)))
      found.push("events" in coded ? coded.report.id : `${coded.code} ${coded.place.input}:${coded.place.line}`)
    expect(found).toEqual(["good", "text-empty rows.jsonl:2", "other"])
  })

  it("tells of a sentence that is longer than the model's window, and reads all of it", {timeout: 120_000}, async () => {
    const list = Array.from({length: 80}, (_, i) => `the army of region ${i} shelled the town of Berava`).join(", and ")
    const {events, problems} = await one.code({id: "long", text: `${list}.`, published: "2024-05-15"})
    expect(problems).toMatchObject([{code: "sentence-cut", isWarning: true, place: {report: "long"}}])
    const starts = events.map(({trigger}) => trigger.start)
    expect(new Set(starts).size).toBe(events.length)
    // Rows stand in each tenth of the sentence, the last included.
    expect(new Set(starts.map(start => Math.floor((start / list.length) * 10))).size).toBe(10)
  })

  it("ends where its reader stops early, or its sources fail", async () => {
    const [first] = reports(1)
    async function* endless() {
      for (let i = 0; ; i++) yield {...first!, id: `${i}`}
    }
    for await (const coded of two.codeAll(endless())) {
      expect("report" in coded && coded.report.id).toBe("0")
      break
    }
    async function* failing() {
      yield first!
      throw new Error("the source broke")
    }
    const told: string[] = []
    await expect(
      (async () => {
        for await (const coded of two.codeAll(failing())) told.push("report" in coded ? coded.report.id : coded.code)
      })(),
    ).rejects.toThrow("the source broke")
    expect(told).toEqual([first!.id])
  })

  it("asks for a day where one is given", () => expect(() => one.resolve({text: "the Russian president", date: "soon"})).toThrowError("expected YYYY-MM-DD"))

  it("keeps every span of every row the words that it says, in code points", async () => {
    const text =
      "😀 🇫🇷 “France will never accept this,” President Emmanuel Macron said in Paris on Tuesday. 🇨🇳 China’s foreign minister condemned the French blockade."
    const {events, quotes} = await one.code({id: "points", text, published: "2024-05-15"})
    const letters = Array.from(text)
    const seen: string[] = []
    const check = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return
      const {text: words, start, end} = value as {text?: string; start?: number; end?: number}
      if (typeof words === "string" && typeof start === "number") {
        expect(letters.slice(start, end).join("")).toBe(words)
        seen.push(words)
      }
      for (const inner of Object.values(value)) check(inner)
    }
    check([events, quotes])
    expect(seen.length).toBeGreaterThan(6)
  })

  it("takes several calls at the same time", async () => {
    const sources = reports(4)
    const alone = []
    for (const {place, ...source} of sources) alone.push(await one.code(source))
    expect(await Promise.all(sources.map(({place, ...source}) => one.code(source)))).toEqual(alone)
  })

  it("relates a given pair by code points, and refuses a span without words", async () => {
    const text = "🇫🇷 France condemned Russia."
    const related = await one.relate({text, source: [3, 9], target: [20, 26]})
    expect(Object.keys(related.scores)).toHaveLength(16)
    expect(Object.values(related.scores).reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    expect(related.confidence).toBe(Math.max(...Object.values(related.scores)))
    await expect(one.relate({text, source: [3, 9], target: [26, 27]})).rejects.toMatchObject({code: "pair-unreadable"})
  })
})
