import {createHash} from "node:crypto"
import {describe, expect, it} from "vitest"
import type {EventRecord, StoredEvent} from "../../src/0-records/index.ts"
import {csvColumns} from "../../src/9-export/csv.ts"
import {layouts, type Row, withoutWords} from "../../src/9-export/index.ts"
import {actor, bareEvent, event, quote, text} from "./rows.ts"
import {written} from "./written.ts"
import {elementsOf} from "./xml.ts"

const side = (name: string, country: string | null, sector: string | null = null) =>
  actor("she", {name, country, sector, code: country === null ? sector : `${country}${sector ?? ""}`})
const kenya = side("Kenya", "KEN")
const uganda = side("Uganda", "UGA")
const police = side("police", "KEN", "COP")
const nobody = side('the <crowd> & "co"', null)
const on = (day: string) => ({...event().date!, from: day, to: day})
const told = (n: number, fields: Partial<EventRecord>) => event({id: `r1/${n}`, event: `r1/${n}`, actors: [kenya], recipients: [uganda], ...fields})
const stored = (row: EventRecord, fields: Partial<StoredEvent["stored"]> = {}): StoredEvent => ({
  ...row,
  stored: {deed: 7, report: 3, added: "2026-11-25", isHead: true, isAsked: true, ...fields},
})

describe("deeds of a store in other data sets' layouts", () => {
  const deed = [stored(told(1, {})), stored(told(2, {event: "r1/1", recipients: [police], confidence: 0.4}), {isHead: false})]
  const cells = async (name: string, rows: readonly Row[]) =>
    (await written(name, rows))
      .toString()
      .trimEnd()
      .split("\n")
      .map(line => line.split("\t"))

  it("have the store's numbers, and the day of ingestion", async () => {
    const rows = await cells("gdelt", deed)
    expect(rows.map(row => [row[0], row[6], row[16], row[31], row[59]])).toEqual([
      ["70000", "KENYA", "UGANDA", "2", "20261125000000"],
      ["70002", "KENYA", "POLICE", "2", "20261125000000"],
    ])
    expect((await cells("gdelt-mentions", deed)).map(row => row.slice(0, 3))).toEqual([
      ["70000", "20261125000000", "20261125000000"],
      ["70002", "20261125000000", "20261125000000"],
    ])
  })

  it("keep the numbers of their pairs whatever is asked for", async () => {
    const part = [{...deed[0]!, stored: {...deed[0]!.stored, isAsked: false}}, deed[1]!]
    expect((await cells("gdelt", part)).map(row => [row[0], row[31]])).toEqual([["70002", "1"]])
    const meeting = stored(told(1, {type: "CONSULT", cameo: "042", quad: 1}))
    expect((await cells("icews", [meeting])).slice(1).map(row => [row[0], row[2], row[6]])).toEqual([
      ["70000", "Kenya", "042"],
      ["70001", "Uganda", "043"],
    ])
  })

  it("merge the mentions of several reports into one row", async () => {
    const elsewhere = stored({...told(2, {event: "r1/1"}), report: {...event().report, id: "r2", publisher: "Other"}}, {isHead: false})
    const [row, ...more] = await cells("gdelt", [deed[0]!, elsewhere])
    expect([more.length, ...row!.slice(31, 34)]).toEqual([0, "2", "2", "2"])
  })
})

describe("geojson", () => {
  it("draws events of a city, and tells the others", async () => {
    const reasons: string[] = []
    const country = event({id: "r1/2", place: {...event().place!, level: "country", lat: 1, lon: 1}})
    const drawn = JSON.parse((await written("geojson", [event(), country, bareEvent()], {leftOut: reason => reasons.push(reason)})).toString())
    expect(drawn.features.map(({id, geometry}: {id: string; geometry: unknown}) => [id, geometry])).toEqual([
      ["r1/1", {type: "Point", coordinates: [9.25, 60.5]}],
    ])
    expect(drawn.features[0].properties).toMatchObject({type: "ACCUSE", actor_code: "NORGOV", sentence: event().sentence.text})
    expect(reasons).toEqual(["without a point", "without a point"])
    expect(JSON.parse((await written("geojson", [])).toString())).toEqual({type: "FeatureCollection", features: []})
  })
})

describe("networks", () => {
  const rows = [
    told(1, {date: on("2026-03-09")}),
    told(2, {date: on("2026-03-10"), type: "AGREE", quad: 1, intensity: 4}),
    told(3, {date: on("2026-03-20")}),
    told(4, {actors: [police], recipients: [nobody], date: null, intensity: null}),
    told(5, {recipients: []}),
  ]

  it("graphml has an edge for each ordered pair, with counts for each type", async () => {
    const reasons: string[] = []
    const graph = elementsOf(await written("graphml", rows, {leftOut: reason => reasons.push(reason)}))
    const labels = graph("node").map(node => node.querySelector('data[key="label"]')?.textContent)
    expect(labels).toEqual(["Kenya", "Uganda", "Kenya COP", nobody.name])
    const [edge, other, ...more] = graph("edge").map(edge =>
      Object.fromEntries([...edge.querySelectorAll("data")].map(data => [data.getAttribute("key"), data.textContent])),
    )
    expect(edge).toEqual({
      ...{e_weight: "3", e_cooperation: "1", e_conflict: "2", e_mean_intensity: "-0.667", e_first_day: "2026-03-09", e_last_day: "2026-03-20"},
      ...{e_ACCUSE: "2", e_AGREE: "1"},
    })
    expect([other, more]).toMatchObject([{e_weight: "1", e_ACCUSE: "1"}, []])
    expect(other).not.toHaveProperty("e_first_day")
    expect(reasons).toEqual(["without two sides"])
  })

  it("gexf has the days of each edge as spells", async () => {
    const graph = elementsOf(await written("gexf", rows))
    const spells = graph("edge").map(edge => [...edge.querySelectorAll("spell")].map(spell => [spell.getAttribute("start"), spell.getAttribute("end")]))
    expect(spells).toEqual([
      [
        ["2026-03-09", "2026-03-10"],
        ["2026-03-20", "2026-03-20"],
      ],
      [],
    ])
    const far = [told(1, {date: on("2026-03-09")}), told(2, {date: on("1969-12-31")}), told(3, {date: on("1970-01-01")})]
    expect((await written("gexf", far)).toString()).toContain(
      '<spells><spell start="1969-12-31" end="1970-01-01"/><spell start="2026-03-09" end="2026-03-09"/></spells>',
    )
    expect((await written("gexf", rows)).toString()).toContain('label="the &lt;crowd&gt; &amp; &quot;co&quot;"')
  })
})

describe("panel", () => {
  it("has a row for each dyad and day, zeros filled, with COW and GW codes", async () => {
    const rows = [told(1, {date: on("2026-03-09")}), told(2, {date: on("2026-03-11"), type: "AGREE", quad: 1, intensity: 4}), told(3, {date: on("2026-03-11")})]
    const reportDays = async () => [{day: "2026-03-10", reports: 4}]
    let count = 0
    const bytes = await written("panel", rows, {reportDays, wrote: more => (count += more)})
    expect(bytes.toString().split("\n").slice(1)).toEqual([
      "2026-03-09,KEN,UGA,501,500,501,500,1,0,0,1,0,-3,-3,0",
      "2026-03-10,KEN,UGA,501,500,501,500,0,0,0,0,0,0,,4",
      "2026-03-11,KEN,UGA,501,500,501,500,2,1,0,1,0,1,0.5,0",
      "",
    ])
    expect(count).toBe(3)
  })

  it("goes over the days that are asked for, and tells what has no two countries", async () => {
    const reasons: string[] = []
    const rows = [told(1, {date: on("2026-03-09")}), told(2, {recipients: [nobody]})]
    const bytes = await written("panel", rows, {days: {since: "2026-03-08", until: "2026-03-09"}, leftOut: reason => reasons.push(reason)})
    expect(bytes.toString().trimEnd().split("\n").slice(1)).toEqual([
      "2026-03-08,KEN,UGA,501,500,501,500,0,0,0,0,0,0,,",
      "2026-03-09,KEN,UGA,501,500,501,500,1,0,0,1,0,-3,-3,",
    ])
    expect(reasons).toEqual(["without two countries"])
  })
})

describe("rows without the reports' words", () => {
  async function* both(): AsyncGenerator<Row> {
    yield event()
    yield event({id: "r1/2", recipients: [actor("Sudmark", {name: "SUDMARK", via: {text: "the neighbour", start: 1, end: 2}})]})
    yield quote()
  }
  const bare = async () => {
    const rows: Row[] = []
    for await (const row of withoutWords(both())) rows.push(row)
    return rows
  }

  it.each(layouts.filter(({isBinary}) => !isBinary))("$name writes none", async ({name, isDataset}) => {
    const rows = (await bare()).filter(row => "trigger" in row || !isDataset)
    for (const kind of name === "geojson" || isDataset ? (["events"] as const) : (["events", "quotes"] as const)) {
      const shown = (
        await written(
          name,
          rows.filter(row => "trigger" in row === (kind === "events")),
          {kind},
        )
      ).toString()
      const words = [
        "accused",
        "foreign minister",
        "Monday",
        "silent",
        "neighbour",
        "trade charges",
        ...text.split(" ").filter(word => word.length > 8 && word !== "minister"),
      ]
      expect(words.filter(word => shown.toLowerCase().includes(word.toLowerCase()) && !csvColumns.events.includes(word))).toEqual([])
    }
  })

  it("keep spans, and the sha256 of the sentence and of what was said", async () => {
    const [first, second, said] = (await bare()) as [EventRecord, EventRecord, ReturnType<typeof quote>]
    const sha256 = (words: string) => `sha256:${createHash("sha256").update(words).digest("hex")}`
    expect(first.sentence).toEqual({...event().sentence, text: sha256(event().sentence.text)})
    expect(first.trigger).toEqual({...event().trigger, text: ""})
    expect(second.recipients[0]).toMatchObject({name: "SUDMARK", text: "", via: {text: "", start: 1, end: 2}})
    expect(said.content).toEqual({...quote().content, text: sha256(quote().content.text)})
    expect(first.report.title).toBeNull()
  })
})
