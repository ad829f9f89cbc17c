import {describe, expect, it} from "vitest"
import {bareEvent, event, quote} from "./rows.ts"
import {written} from "./written.ts"

/** The names of all fields in the order in which they are written, nested ones with their path. */
function keysOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return keysOf(value[0], path)
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [`${path}${key}`, ...keysOf(inner, `${path}${key}.`)])
}

const words = (path: string) => ["text", "start", "end"].map(key => `${path}.${key}`)
const side = (path: string) => [path, ...words(path), ...["name", "kind", "country", "sector", "code", "basis", "via"].map(key => `${path}.${key}`)]
const tail = [
  "sentence",
  "sentence.index",
  ...words("sentence"),
  "confidence",
  ...["report", "report.id", "report.title", "report.url", "report.publisher", "report.published"],
]
const coder = ["coder", "coder.version", "coder.model", "coder.ontology", "coder.knowledge", "coder.config"]

describe("jsonl", () => {
  it("writes an event's fields in the order of the design, whatever order they came in", async () => {
    const shuffled = Object.fromEntries(Object.entries(event()).reverse()) as ReturnType<typeof event>
    const line = (await written("jsonl", [shuffled])).toString()
    expect(line).toBe((await written("jsonl", [event()])).toString())
    expect(keysOf(JSON.parse(line))).toEqual([
      ...["id", "event", "type", "mode", "status", "quad", "intensity", "cameo", "contexts"],
      ...side("actors"),
      ...side("recipients"),
      ...words("recipients.via"),
      ...["date", "date.from", "date.to", "date.basis", ...words("date")],
      ...["place", "place.name", "place.country", "place.lat", "place.lon", "place.level", ...words("place")],
      ...["trigger", ...words("trigger")],
      ...tail,
      "story",
      "review",
      ...coder,
    ])
  })

  it("writes a quote's fields in the order of the design", async () => {
    const line = (await written("jsonl", [quote()])).toString()
    expect(keysOf(JSON.parse(line))).toEqual([
      ...["id", "kind", "content", ...words("content"), "cue", ...words("cue")],
      ...side("speaker"),
      ...tail,
      "review",
      ...coder,
    ])
  })

  it("keeps every value", async () => {
    const rows = [event(), bareEvent()]
    const lines = (await written("jsonl", rows)).toString().trimEnd().split("\n")
    expect(lines.map(line => JSON.parse(line))).toEqual(rows)
  })

  it("writes unknown as null or an empty list, never as an absent field", async () => {
    const row = JSON.parse((await written("jsonl", [bareEvent()])).toString())
    expect(row).toMatchObject({mode: null, intensity: null, contexts: [], actors: [], recipients: [], date: null, place: null, story: null})
  })
})
