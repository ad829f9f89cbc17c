import {readFileSync} from "node:fs"
import {parseHTML} from "linkedom"
import {describe, expect, it} from "vitest"
import {statuses} from "../../src/0-records/index.ts"
import {type Case, readCases} from "./cases.ts"
import {settled} from "./score.ts"

type Ontology = {readonly event_types: readonly {readonly code: string; readonly modes: readonly {readonly code: string}[]}[]}

const ontology: Ontology = JSON.parse(readFileSync(new URL("../../ontologies/plover-2021/plover.json", import.meta.url), "utf8"))
const modes = new Map(ontology.event_types.map(({code, modes}) => [code, modes.map(mode => mode.code)]))

describe.each(readCases())("what is expected of $name", report => {
  const {must, quotes, mustNot} = report.expected
  const sentences = sentencesOf(report)
  const at = (part: string) => sentences.filter(sentence => sentence.includes(settled(part)))

  it("is long enough to be a report", () => {
    expect(sentences.length).toBeGreaterThanOrEqual(12)
    expect(must.length).toBeGreaterThanOrEqual(10)
  })

  it.each(must)("points at one sentence with its trigger: $sentence", ({sentence, trigger}) => {
    expect(at(sentence)).toHaveLength(1)
    for (const words of trigger) expect(at(sentence)[0]).toContain(settled(words))
  })

  it("uses the ontology's names and the five statuses", () => {
    for (const {type, mode, status} of must) {
      expect(type.filter(name => !modes.has(name))).toEqual([])
      if (mode) expect(type.flatMap(name => modes.get(name) ?? [])).toContain(mode)
      expect(status.filter(name => !statuses.some(one => one === name))).toEqual([])
    }
    expect(mustNot.flatMap(no => no.type ?? []).filter(name => !modes.has(name))).toEqual([])
  })

  it("quotes the report", () => {
    for (const {content} of quotes) expect(at(content), content).toHaveLength(1)
  })

  it("forbids nothing that it asks for", () => {
    const clashes = mustNot.filter(no =>
      must.some(
        wanted =>
          at(no.sentence)[0] !== undefined &&
          at(no.sentence)[0] === at(wanted.sentence)[0] &&
          (no.type === undefined || wanted.type.every(type => no.type?.includes(type))) &&
          (no.status === undefined || wanted.status.every(status => status === no.status)),
      ),
    )
    expect(clashes).toEqual([])
  })

  it("forbids what stands in the input", () => {
    const input = settled(report.html ?? `${report.title}\n\n${report.text}`)
    expect(mustNot.filter(no => !input.includes(settled(no.sentence)))).toEqual([])
  })
})

/** The report's sentences, settled, by a rule that is good enough for these texts. */
function sentencesOf({html, text}: Case): string[] {
  const paragraphs =
    html === undefined ? (text ?? "").split("\n\n") : [...parseHTML(html).document.querySelectorAll("p")].map(({textContent}) => textContent ?? "")
  return paragraphs.flatMap(paragraph => paragraph.split(/(?<=[.!?]”?)\s+(?=[A-ZÄÖÅ“])/)).map(settled)
}
