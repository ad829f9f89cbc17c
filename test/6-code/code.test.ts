import {describe, expect, it} from "vitest"
import {slice} from "../../src/0-records/index.ts"
import {cameoOf, intensityOf} from "../../src/6-code/ontology.ts"
import {coded, ontology} from "./told.ts"

const sides = (actors: readonly {code: string | null}[]) => actors.map(({code}) => code)

describe("events", () => {
  it("writes a row a trigger, with spans that are the words", () => {
    const {text, events} = coded(
      ["😀 <a:Chile> <t:condemned> <b:Peru> on <d:Tuesday>."],
      {a: {country: "CHL"}, b: {country: "PER"}},
      [{type: "ACCUSE", mode: "disapprove", on: "t", by: ["a"], to: ["b"], when: "d"}],
      [],
      {d: "2025-12-16"},
    )
    const [event] = events
    expect(event).toMatchObject({
      id: "r/1",
      event: "r/1",
      quad: 3,
      intensity: -2,
      cameo: "111",
      confidence: 0.812,
      date: {from: "2025-12-16", to: "2025-12-16", basis: "stated", text: "Tuesday"},
    })
    for (const words of [event!.trigger, event!.actors[0]!, event!.recipients[0]!, event!.sentence])
      expect(slice(text, words.start, words.end)).toBe(words.text)
    expect(event!.trigger.text).toBe("condemned")
  })

  it("takes the report's day for what happened, and for nothing else", () => {
    const dates = (status: "actual" | "intended" | "background", published: string | null) =>
      coded(["<a:Chile> <t:struck>."], {a: {country: "CHL"}}, [{type: "ASSAULT", on: "t", by: ["a"], status}], [], {}, published).events[0]!.date
    expect(dates("actual", "2025-12-18")).toEqual({from: "2025-12-18", to: "2025-12-18", basis: "implied", text: null, start: null, end: null})
    expect([dates("intended", "2025-12-18"), dates("background", "2025-12-18"), dates("actual", null)]).toEqual([null, null, null])
  })

  it("lets nobody act on himself", () => {
    const {events} = coded(["<a:Peru> said <b:Lima> <t:rejected> it."], {a: {country: "PER", entity: 1}, b: {country: "PER", entity: 1}}, [
      {type: "REJECT", on: "t", by: ["a"], to: ["b"]},
    ])
    expect([sides(events[0]!.actors), sides(events[0]!.recipients)]).toEqual([["PER"], []])
  })

  it("keeps a government and its protesters apart", () => {
    const {events} = coded(["<a:Police> <t:beat> <b:protesters>."], {a: {country: "PER", sector: "COP"}, b: {country: "PER", sector: "PRO"}}, [
      {type: "ASSAULT", on: "t", by: ["a"], to: ["b"]},
    ])
    expect([sides(events[0]!.actors), sides(events[0]!.recipients)]).toEqual([["PERCOP"], ["PERPRO"]])
  })

  it("gives both sides one actor each, with the same span", () => {
    const {events} = coded(["<a:Both sides> <t:agreed>."], {a: {several: ["CHL", "PER"]}}, [{type: "AGREE", on: "t", by: ["a"]}])
    expect(sides(events[0]!.actors)).toEqual(["CHL", "PER"])
    expect(new Set(events[0]!.actors.map(({start}) => start)).size).toBe(1)
  })
})

describe("retellings", () => {
  const two = (
    lines: string[],
    first: object,
    second: object,
    who = {a: {country: "CHL", entity: 1}, b: {country: "PER", entity: 2}, c: {country: "CHL", entity: 1}, d: {country: "PER", entity: 2}},
  ) =>
    coded(lines, who, [
      {type: "ASSAULT", on: "t", by: ["a"], to: ["b"], ...first},
      {type: "ASSAULT", on: "u", by: ["c"], to: ["d"], ...second},
    ]).events.map(({event}) => event)

  it("joins the same word between the same two", () =>
    expect(two(["<a:Chile> <t:attacked> <b:Peru>.", "<c:Chile> <u:attacked> <d:Peru> at dawn."], {}, {})).toEqual(["r/1", "r/1"]))
  it("joins a noun that takes up the verb", () =>
    expect(two(["<a:Chile> <t:attacked> <b:Peru>.", "In the <u:attack> <c:Chile> hurt <d:Peru>."], {}, {})).toEqual(["r/1", "r/1"]))
  it("keeps what is planned apart from what was done", () =>
    expect(two(["<a:Chile> <t:attacked> <b:Peru>.", "<c:Chile> will <u:attack> <d:Peru>."], {}, {status: "intended"})).toEqual(["r/1", "r/2"]))
  it("keeps other sides apart", () => {
    const who = {a: {country: "CHL", entity: 1}, b: {country: "PER", entity: 2}, c: {country: "CHL", entity: 1}, d: {country: "BOL", entity: 3}}
    expect(two(["<a:Chile> <t:attacked> <b:Peru>.", "<c:Chile> <u:attacked> <d:Bolivia>."], {}, {}, who)).toEqual(["r/1", "r/2"])
  })
  it("costs no more for each row of a very long report", () => {
    const count = 40_000
    const lines = ["<a:Chile> and <b:Peru>", ...Array.from({length: count}, (_, i) => `<t${i}:attack>ed`)]
    const who = {a: {country: "CHL", entity: 1}, b: {country: "PER", entity: 2}}
    const given = Array.from({length: count}, (_, i) => ({type: "ASSAULT", on: `t${i}`, by: ["a"], to: ["b"], mode: `${i}`}))
    const started = process.cpuUsage()
    expect(new Set(coded(lines, who, given).events.map(({event}) => event)).size).toBe(count)
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(9)
  })
  it("joins a talk told from either end", () =>
    expect(
      two(["<a:Chile> <t:met> <b:Peru>.", "The <u:talks> of <d:Peru> and <c:Chile>."], {type: "CONSULT"}, {type: "CONSULT", by: ["d"], to: ["c"]}),
    ).toEqual(["r/1", "r/1"]))
})

describe("quotes", () => {
  it("tells a speaker of another sentence as resolved", () => {
    const {quotes} = coded(
      ["“<q:We are tired>,” <c:said> <a:Ana Ruiz>.", "“<r:We go home>.”"],
      {a: {country: "PER", kind: "person"}},
      [],
      [
        {content: "q", cue: "c", speaker: "a"},
        {content: "r", speaker: "a"},
      ],
    )
    expect(quotes.map(({kind, speaker}) => [kind, speaker?.text, speaker?.basis])).toEqual([
      ["direct", "Ana Ruiz", "stated"],
      ["direct", "Ana Ruiz", "resolved"],
    ])
  })

  const kind = (line: string, runsOn = false) => {
    const {quotes, text} = coded([line], {a: {country: "PER", kind: "person"}}, [], [{content: "q", ...(runsOn ? {} : {cue: "c", speaker: "a"})}])
    return `${quotes[0]!.kind}: ${slice(text, quotes[0]!.content.start, quotes[0]!.content.end)}`
  }
  it("keeps words that are only marks", () => expect(kind('<a:Ruiz> <c:said> <q:"> once.')).toBe('indirect: "'))
  it("is direct when all of it is quoted", () => expect(kind("“<q:We will never yield>,” <c:said> <a:Ruiz>.")).toBe("direct: We will never yield"))
  it("leaves the outer marks out", () => expect(kind('<a:Ruiz> <c:said>: <q:"We will never yield.">')).toBe("direct: We will never yield"))
  it("is mixed when a part is quoted", () =>
    expect(kind("<a:Ruiz> <c:said> <q:they would “never yield” to it>.")).toBe("mixed: they would “never yield” to it"))
  it("is indirect without marks, whatever the apostrophes", () =>
    expect(kind("<a:Ruiz> <c:said> <q:Peru’s army wouldn’t yield>.")).toBe("indirect: Peru’s army wouldn’t yield"))
  it("runs on where a quotation stays open, and is nobody's where there is neither a mark nor a cue", () => {
    expect(kind("“We waited,” <a:Ruiz> said. “Long. <q:We will go home>.”", true)).toBe("direct: We will go home")
    expect(coded(["<q:All ships leave the port>."], {}, [], [{content: "q"}]).quotes).toEqual([])
    expect(coded(['"We waited," he said. <q:All ships leave>.'], {}, [], [{content: "q"}]).quotes).toEqual([])
  })
  it("takes words called something as direct", () =>
    expect(kind("<a:Ruiz> rejected it, <c:calling> it a “<q:grotesque threat>”.")).toBe("direct: grotesque threat"))
})

describe("ontology", () => {
  it("gives a mode's own value, else its type's", () =>
    expect([intensityOf(ontology, "COERCE", "censor"), intensityOf(ontology, "PROTEST", "vandalize"), intensityOf(ontology, "AID", null)]).toEqual([
      -6.5, -5, 10,
    ]))

  const cameo = (told: object) =>
    cameoOf(ontology, {type: "AGREE", mode: null, status: "actual", contexts: [], sentence: "", trigger: "", sector: null, ...told})
  it("refines by context", () => expect([cameo({}), cameo({contexts: ["economic"]})]).toEqual(["030", "0311"]))
  it("finds words where they begin only: no aid in what is said", () => {
    expect(cameo({contexts: ["economic"], sentence: "It said so."})).toBe("0311")
    expect(cameo({contexts: ["economic"], sentence: "It promised aid."})).toBe("0331")
  })
  it("asks softly or demands", () =>
    expect([cameo({type: "REQUEST", mode: "assist", trigger: "urged"}), cameo({type: "REQUEST", mode: "assist", trigger: "demanded"})]).toEqual(["021", "101"]))
  it("has a code and a quad class for every type and mode", () => {
    for (const [type, {quad, cameo: codes}] of ontology.types) {
      expect(quad, type).toBeGreaterThan(0)
      for (const mode of codes.keys()) expect(cameo({type, mode: mode || null}), `${type}/${mode}`).toMatch(/^\d{2,4}$/)
    }
    expect(ontology.types.size).toBe(16)
  })
})
