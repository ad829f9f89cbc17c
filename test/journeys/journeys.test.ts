import {readFileSync} from "node:fs"
import {join} from "node:path"
import {afterAll, beforeAll, describe, expect, it} from "vitest"
import {type Coder, openCoder} from "../../src/index.ts"
import {type Case, readCases} from "./cases.ts"
import {type Score, scoreJourney} from "./score.ts"

/** Least share of events and of quotes that must be right over all cases, 0 to 1. */
type Floor = {readonly events: number; readonly quotes: number}

const cases = readCases()
const scores = new Map<string, Score>()
let coder: Coder

beforeAll(async () => {
  coder = await openCoder()
}, 60_000)

afterAll(async () => {
  await coder?.close()
})

describe("journeys", () => {
  it.each(cases)("$name comes through, dated", {timeout: 60_000}, async report => {
    const coded = await coder.code(sourceOf(report))
    expect(coded.report.published).toBe(report.expected.published)
    scores.set(report.name, scoreJourney(report.expected, coded))
  })

  it("gets as many right as the floor asks", () => {
    console.log(table(scores))
    expect(scores.size, `cases named ${process.env.CASE}`).toBeGreaterThan(0)
    if (process.env.CASE) return
    const floor: Floor = JSON.parse(readFileSync(join(import.meta.dirname, "floor.json"), "utf8"))
    const all = [...scores.values()]
    expect(all).toHaveLength(cases.length)
    expect(sum(all, score => score.right) / sum(all, score => score.total)).toBeGreaterThanOrEqual(floor.events)
    expect(sum(all, score => score.quotesRight) / sum(all, score => score.quotesTotal)).toBeGreaterThanOrEqual(floor.quotes)
  })
})

/** A page tells its own title and day; a text is told them. */
function sourceOf({title, text, html, expected}: Case) {
  return html === undefined ? {text: text ?? "", title: title ?? "", published: expected.published} : {html}
}

/** A line a case and one for all; for a single case, all that a person needs to read besides. */
function table(of: ReadonlyMap<string, Score>): string {
  const all = [...of.values()]
  const line = (name: string, some: readonly Score[]) =>
    [
      name.padEnd(28),
      `${sum(some, score => score.right)}/${sum(some, score => score.total)}`.padStart(8),
      `${sum(some, score => score.modesRight)}/${sum(some, score => score.modesTotal)}`.padStart(8),
      `${sum(some, score => score.quotesRight)}/${sum(some, score => score.quotesTotal)}`.padStart(8),
      `${sum(some, score => score.wrong.length)}`.padStart(6),
      `${sum(some, score => score.extra.length)}`.padStart(6),
    ].join(" ")
  const details = process.env.CASE
    ? all.flatMap(score => [
        section("missed", score.misses),
        section("wrong", score.wrong),
        section("extra", score.extra),
        section("quotes missed", score.quoteMisses),
      ])
    : []
  const head = `${"case".padEnd(28)}   events    modes   quotes  wrong  extra`
  return [head, ...[...of].map(([name, score]) => line(name, [score])), line("all", all), ...details.flat()].join("\n")
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length ? ["", `${name}:`, ...lines.map(one => `  ${one}`)] : []
}

function sum(scored: readonly Score[], of: (score: Score) => number): number {
  return scored.reduce((total, score) => total + of(score), 0)
}
