import {type Answer, emptyAnswer, type Gold, place, readGold, settledTextOf} from "../../src/10-score/index.ts"

/** Two ministers and a minister's call, annotated. */
export const lines = {
  call: {
    text: "Norland's minister Ada Berg phoned Sudmark on Monday, and she said: “Sudmark must free the crew.”",
    m: [
      ["a", "minister Ada Berg", "E1"],
      ["b", "Sudmark", "E2"],
      ["c", "she", "E1"],
      ["d", "Sudmark#2", "E2"],
    ],
    e: [
      {type: "CONSULT", mode: "phone", trig: "phoned", act: ["a"], rec: ["b"], status: "actual", date: "Monday", place: [], ctx: []},
      {type: "REQUEST", mode: null, trig: "must free", act: ["c"], rec: ["d"], status: "actual", date: null, place: [], ctx: []},
    ],
    q: [{kind: "direct", cue: "said", speaker: "c", content: "Sudmark must free the crew"}],
  },
  march: {
    text: "Dockers marched through Lunden 🚢 on Tuesday.",
    m: [
      ["a", "Dockers", "E3"],
      ["b", "Lunden", null],
    ],
    e: [{type: "PROTEST", mode: "demo", trig: "marched", act: ["a"], rec: [], status: "actual", date: "Tuesday", place: ["b"], ctx: []}],
    q: [],
  },
  calm: {text: "Nothing else was known.", m: [], e: [], q: []},
}

export const document = (id: string, ...sentences: object[]) => ({
  id,
  title: "",
  date: "2026-03-12",
  entities: [
    {id: "E1", name: "Ada Berg", kind: "person", country: "NOR", sector: "GOV"},
    {id: "E2", name: "Sudmark", kind: "country", country: "SUD", sector: null},
    {id: "E3", name: "Dockers", kind: "group", country: "NOR", sector: "CVL"},
  ],
  sentences,
})

export const goldOf = (id: string, ...sentences: object[]) => readGold(document(id, ...sentences), {})

/** The nth place of some words in the document's settled text, in code points. */
export function words(gold: Gold, part: string, nth = 1, text = settledTextOf(gold)) {
  let at = -1
  for (let n = 0; n < nth; n++) at = text.indexOf(part, at + 1)
  const start = Array.from(text.slice(0, at)).length
  return {text: part, start, end: start + Array.from(part).length}
}

type Row = Readonly<Record<string, unknown>>

/** An event as any system may write it: sides as their words, or with a country. */
export function event(gold: Gold, type: string, trigger: string, actors: readonly string[], recipients: readonly string[], more: Row = {}): Row {
  const side = (name: string) => {
    const [, part = name, nth = "1", country] = /^(.*?)(?:#(\d))?(?:\/([A-Z]{3}))?$/.exec(name) ?? []
    return {...words(gold, part, Number(nth)), country: country ?? null}
  }
  return {type, trigger: words(gold, trigger), actors: actors.map(side), recipients: recipients.map(side), status: "actual", confidence: 0.8, ...more}
}

export function answerOf(gold: Gold, ...rows: Row[]): Answer {
  const answer = emptyAnswer(gold)
  for (const row of rows) place(row, gold, answer, {})
  return answer
}
