import type {Identity, Marks, MentionMark, QuoteMark, Report, Sentence, Status, TriggerMark} from "../../src/0-records/index.ts"

/** A report written with its marks, so that rooms after the model are tested without one. */
export type Story = {
  readonly report: Report
  readonly sentences: readonly Sentence[]
  readonly marks: Marks
  /** The label of each mention: mentions of one label should be one entity. */
  readonly labels: readonly string[]
  readonly wordsOf: (span: {start: number; end: number}) => string
}

type Open = {readonly kind: string; readonly start: number; end?: number}

/**
 * Reads sentences with marks: `[words|label]` is an actor, `[words|time]` and `[words|place]` are what they say,
 * `<words|TYPE a>b status>` is a trigger with the labels of its sides (of its sentence; status actual if absent), and
 * `{words|label}` a quote with its speaker's label (none: it runs on).
 */
export function story(sentences: readonly string[], about: Partial<Report> = {}): Story {
  let text = ""
  const spans: Sentence[] = []
  const mentions: (MentionMark & {label: string})[] = []
  const triggers: (Omit<TriggerMark, "actors" | "recipients" | "places" | "dates"> & {sides: string})[] = []
  const quotes: (Omit<QuoteMark, "speaker"> & {label: string})[] = []
  for (const [sentence, marked] of sentences.entries()) {
    const from = text.length
    const open: Open[] = []
    let at = 0
    const close = (char: string) => {
      const end = marked.indexOf(char, at)
      const note = marked.slice(at + 1, end)
      const mark = open.pop()
      if (!mark) throw new Error(`Nothing open in ${JSON.stringify(marked)}`)
      const span = {start: mark.start, end: text.length, sentence}
      if (mark.kind === "[") {
        const kind = note === "time" || note === "place" ? note : "actor"
        mentions.push({...span, kind, probability: 1, antecedent: null, label: note})
      } else {
        const cue = note ? {start: text.length, end: text.length} : null
        quotes.push({sentence, content: {start: mark.start, end: text.length}, cue, probability: 1, label: note})
      }
      at = end + 1
    }
    while (at < marked.length) {
      const char = marked[at] ?? ""
      const last = open.at(-1)?.kind
      if ("[<{".includes(char)) {
        open.push({kind: char, start: text.length})
        at++
      } else if (char === "|" && last === "<") {
        const length = /^\|[A-Z]+ \S*?>[^\s>]*(?: \w+)?>/.exec(marked.slice(at))?.[0].length ?? 0
        if (length === 0) throw new Error(`Cannot read the trigger in ${JSON.stringify(marked)}`)
        const note = marked.slice(at + 1, at + length - 1)
        const [type = "", sides = ">", status = "actual"] = note.split(" ")
        const start = open.pop()?.start ?? 0
        const event = {type, mode: null, status: status as Status, contexts: [], probability: 1, statusProbability: 1, confidence: 1}
        triggers.push({start, end: text.length, sentence, ...event, sides})
        at += length
      } else if (char === "|" && last) close(last === "[" ? "]" : "}")
      else {
        text += char
        at++
      }
    }
    spans.push({start: from, end: text.length, index: sentence, paragraph: 0})
    text += " "
  }
  mentions.sort((a, b) => a.start - b.start || a.end - b.end)
  const bySentence: number[][] = []
  for (const [at, {sentence}] of mentions.entries()) {
    bySentence[sentence] ??= []
    bySentence[sentence].push(at)
  }
  const find = (label: string, sentence: number, out = {start: 0, end: 0}) =>
    bySentence[sentence]?.find(at => {
      const one = mentions[at]
      return one?.label === label && !(out.start <= one.start && one.end <= out.end)
    }) ?? -1
  const links = (labels: string, sentence: number) =>
    labels
      .split("+")
      .filter(Boolean)
      .map(label => ({mention: find(label, sentence), probability: 1}))
  const ofKind = (kind: string, sentence: number) =>
    (bySentence[sentence] ?? []).flatMap(mention => (mentions[mention]?.kind === kind ? [{mention, probability: 1}] : []))
  return {
    report: {id: "r", title: null, url: null, publisher: null, published: "2025-12-18", text, dateline: null, dropped: [], problems: [], ...about},
    sentences: spans,
    marks: {
      mentions: mentions.map(({label: _, ...mark}) => mark),
      triggers: triggers
        .sort((a, b) => a.start - b.start)
        .map(({sides, ...trigger}) => {
          const [actors = "", recipients = ""] = sides.split(">")
          const {sentence} = trigger
          return {
            ...trigger,
            actors: links(actors, sentence),
            recipients: links(recipients, sentence),
            places: ofKind("place", sentence),
            dates: ofKind("time", sentence),
          }
        }),
      quotes: quotes.map(({label, ...quote}) => ({...quote, speaker: label ? {mention: find(label, quote.sentence, quote.content), probability: 1} : null})),
    },
    labels: mentions.map(({label}) => label),
    wordsOf: ({start, end}) => text.slice(start, end),
  }
}

const countries: Record<string, string> = {
  China: "CHN",
  Chinese: "CHN",
  Beijing: "CHN",
  Venezuela: "VEN",
  Venezuelan: "VEN",
  Caracas: "VEN",
  Chile: "CHL",
  Chilean: "CHL",
  Kenya: "KEN",
  Kenyan: "KEN",
  France: "FRA",
  French: "FRA",
  Spain: "ESP",
  Spanish: "ESP",
  Iran: "IRN",
  Iranian: "IRN",
  Tehran: "IRN",
  Norway: "NOR",
  Norwegian: "NOR",
  Turkish: "TUR",
  "U.S.": "USA",
  Peru: "PER",
  Peruvian: "PER",
  Brazil: "BRA",
  Lima: "PER",
}
const sectors: Record<string, string> = {
  union: "LAB",
  unionist: "LAB",
  minister: "GOV",
  ministers: "GOV",
  president: "GOV",
  ministry: "GOV",
  government: "GOV",
  governor: "GOV",
  premier: "GOV",
  soldiers: "MIL",
  army: "MIL",
  general: "MIL",
  police: "COP",
  protesters: "PRO",
  senator: "LEG",
  rebels: "REB",
  company: "BUS",
  bank: "BUS",
  alliance: "IGO",
}
const kinds: Record<string, Identity["kind"]> = {
  union: "organisation",
  ministry: "government",
  government: "government",
  army: "organisation",
  police: "organisation",
  rebels: "armed-group",
  company: "company",
  bank: "company",
  alliance: "igo",
  soldiers: "group",
  protesters: "group",
  ministers: "group",
}

/** A stand-in for the tables: a country or nationality and a role noun, as the words state them. */
export const naming = {
  identify,
  country: (code: string) => Object.entries(countries).find(([name, iso]) => iso === code && isName(name))?.[0],
  gender: () => null,
}
const isName = (name: string) => !/(?:an|ese|ish|ch|ian)$/.test(name)

function identify(words: string): Identity | undefined {
  const tokens = words.split(/[\s,]+/).map(token => token.replace(/['’]s$/, ""))
  const country = tokens.map(token => countries[token]).find(Boolean) ?? null
  const role = tokens.map(token => token.toLowerCase()).findLast(token => sectors[token])
  if (!country && !role) return undefined
  const sector = role ? (sectors[role] ?? null) : null
  const isBare = !role && tokens.length <= (tokens.at(-1) === "side" ? 2 : 1)
  const kind = isBare ? "country" : (kinds[role ?? ""] ?? "person")
  const named = Object.entries(countries).find(([name, code]) => code === country && isName(name))?.[0]
  const code = `${country ?? ""}${sector ?? ""}`
  return {name: isBare && named ? named : words, kind, country, sector, code, basis: "stated"}
}
