import {describe, expect, it} from "vitest"
import {actor, bareEvent, event, quote, words} from "./rows.ts"
import {written} from "./written.ts"

const shown = async (...[rows, options]: [Parameters<typeof written>[1], Parameters<typeof written>[2]?]) => (await written("text", rows, options)).toString()

describe("text", () => {
  it("shows each mention with its evidence, then the quotes", async () => {
    expect(await shown([event(), quote()], {width: 120})).toBe(
      [
        "Norland, Sudmark trade charges · The Example · 2026-03-12",
        "2026-03-09  Ada Berg (NORGOV) → Sudmark (SUD)  ACCUSE/allege  actual  0.914",
        "    Norland’s foreign minister Ada Berg on Monday [accused] Sudmark of spying.",
        "“ Ada Berg (NORGOV)  said  direct  0.880",
        "    We will not be silent,",
        "",
        "",
      ].join("\n"),
    )
  })

  it("says what is not known", async () => {
    expect(await shown([bareEvent()])).toContain("no date  nobody named  ACCUSE  actual  0.914")
  })

  it.each([
    ["2026-03-09", "2026-03-09", "2026-03-09"],
    ["2026-03-09", "2026-03-11", "2026-03-09/11"],
    ["2026-03-30", "2026-04-05", "2026-03-30/04-05"],
    ["2025-12-30", "2026-01-02", "2025-12-30/2026-01-02"],
    ["2026-02-01", "2026-02-28", "2026-02"],
    ["2026-02-01", "2026-02-27", "2026-02-01/27"],
    ["2025-01-01", "2025-12-31", "2025"],
    ["2016-01-01", "2025-12-31", "2016-01-01/2025-12-31"],
  ])("shows %s to %s as %s", async (from, to, days) => {
    expect(await shown([event({date: {...event().date!, from, to}})])).toContain(`\n${days}  Ada Berg`)
  })

  it("shows several sides, and shortens long names", async () => {
    const actors = [actor("Sudmark", {code: null}), actor("Norland’s", {name: "Norland’s Ministry of Posts, Railways and Inland Waterways"})]
    expect(await shown([event({actors, recipients: []})])).toContain("Sudmark + Norland’s Ministry of Posts, … (NOR)  ACCUSE/allege")
  })

  it("cuts a long sentence around its trigger", async () => {
    const before = "Long before anything of the kind was known to anyone who lived in the town, "
    const sentence = {
      index: 0,
      text: `${before}the guard fled while everyone else stayed where they were until the morning had come again.`,
      start: 100,
      end: 300,
    }
    const start = 100 + before.length + "the guard ".length
    const [, , line = ""] = (await shown([event({sentence, trigger: {text: "fled", start, end: start + 4}})], {width: 60})).split("\n")
    expect(line).toMatch(/^ {4}… .*the guard \[fled\] while .* …$/)
    expect(line.length).toBeLessThanOrEqual(60)
  })

  it("finds the trigger by code points", async () => {
    const sentence = {index: 0, text: "😀😀 Ada fled.", start: 10, end: 22}
    expect(await shown([event({sentence, trigger: {text: "fled", start: 17, end: 21}})])).toContain("😀😀 Ada [fled].")
  })

  it("heads each report", async () => {
    const other = {...event().report, id: "r2", title: null, publisher: null, published: null}
    const out = await shown([event(), event({report: other}), quote({report: other})])
    expect(out.match(/^\S.*$/gm)?.filter(line => /^(Norland, |r2)/.test(line))).toEqual(["Norland, Sudmark trade charges · The Example · 2026-03-12", "r2"])
  })

  it("colours where the door hands in a style", async () => {
    const style = (format: string, text: string) => `<${format}>${text}</>`
    const out = await shown([event()], {style, width: 120})
    expect(out).toContain("on Monday <bold>accused</> Sudmark")
    expect(out).toContain("<red>ACCUSE/allege</>")
  })

  it("lets no text steer the terminal", async () => {
    const evil = "\u001b[2J\u0007\u009b1m\u202e"
    const rows = [
      event({
        report: {...event().report, title: evil},
        actors: [actor("Sudmark", {name: evil})],
        sentence: {...words("accused"), text: `accused${evil}`, index: 0},
      }),
      quote({content: {...words("said"), text: evil}}),
    ]
    expect(await shown(rows)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })
})
