import {readFileSync} from "node:fs"
import {describe, expect, it} from "vitest"
import type {Coded, Problem, Source} from "../src/0-records/index.ts"
import {type Coder, openCoder} from "../src/journey.ts"
import {written} from "./9-export/written.ts"

/** Reports of the corpus; their first sentences suffice, and passages still differ in length. */
const reports: readonly Source[] = readFileSync("corpus/original/a.jsonl", "utf8")
  .concat(readFileSync("corpus/original/b.jsonl", "utf8"), readFileSync("corpus/original/c.jsonl", "utf8"))
  .trimEnd()
  .split("\n")
  .slice(0, 100)
  .map(line => JSON.parse(line) as {id: string; title?: string; date: string; sentences: {text: string}[]})
  .map(({id, title, date, sentences}) => ({
    id,
    ...(title && {title}),
    published: date,
    text: sentences
      .slice(0, 5)
      .map(({text}) => text)
      .join(" "),
    place: {input: id},
  }))

async function* given(sources: readonly Source[]): AsyncGenerator<Source> {
  yield* sources
}

const isCoded = (one: Coded | Problem): one is Coded => "events" in one

/** The JSON Lines of each report's rows, by its id. */
async function linesById(coded: AsyncIterable<Coded | Problem>): Promise<Record<string, string>> {
  const lines: Record<string, string> = {}
  for await (const one of coded) {
    if (!isCoded(one)) throw new Error(one.message)
    lines[one.report.id] = (await written("jsonl", [...one.events, ...one.quotes])).toString()
  }
  return Object.fromEntries(Object.entries(lines).sort(([one], [other]) => (one < other ? -1 : 1)))
}

async function* alone(coder: Coder): AsyncGenerator<Coded> {
  for (const {place: _, ...report} of reports) yield coder.code(report)
}

/** Every call at once, on one coder. */
async function* atOnce(coder: Coder): AsyncGenerator<Coded> {
  yield* await Promise.all(reports.map(({place: _, ...report}) => coder.code(report)))
}

describe("the same 100 reports give the same bytes", () => {
  it("alone, together, reversed, at once, and on two threads", {timeout: 300_000}, async () => {
    const one = await openCoder({threads: 1})
    const two = await openCoder({threads: 2})
    try {
      const together = await linesById(one.codeAll(given(reports)))
      expect(Object.keys(together)).toHaveLength(100)
      expect(Object.values(together).join("").split("\n").length).toBeGreaterThan(200)
      expect(await linesById(alone(one))).toEqual(together)
      expect(await linesById(one.codeAll(given([...reports].reverse())))).toEqual(together)
      expect(await linesById(atOnce(one))).toEqual(together)
      expect(await linesById(two.codeAll(given([...reports].reverse())))).toEqual(together)
    } finally {
      await one.close()
      await two.close()
    }
  })
})
