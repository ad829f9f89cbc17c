import {readFileSync} from "node:fs"
import {type Knowledge, resolve} from "../../src/5-resolve/index.ts"
import {story} from "./story.ts"

/** An invented report with its links: `who` has the code of each label; `1+2` marks words that mean both. */
export type Linked = {
  readonly half: "tuned" | "held"
  readonly title: string
  readonly published: string
  readonly who: Readonly<Record<string, string | null>>
  readonly sentences: readonly string[]
}

/** One link of a report: words that go back to somebody told of elsewhere in it. */
export type Link = {readonly words: string; readonly sentence: string; readonly wanted: string; readonly found: string; readonly isRight: boolean}

export const linkedReports = readFileSync(new URL("links.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map(line => JSON.parse(line) as Linked)

/**
 * Resolves a report and says of each link whether it is right: the code is, and the words are of one entity, or of one
 * name, with other words of their label. "Both sides" must give both codes. A side that a deed has by way of "the order"
 * must be the mention of its label.
 */
export function linksIn({sentences: marked, title, published, who}: Linked, knowledge: Knowledge): Link[] {
  const {report, sentences, marks: told, labels, wordsOf} = story(marked, {title, published})
  const isHere = ({mention}: {mention: number}) => mention >= 0
  const triggers = told.triggers.map(one => ({...one, actors: one.actors.filter(isHere), recipients: one.recipients.filter(isHere)}))
  const marks = {...told, triggers}
  const {identities, entities, borrowed} = resolve(report, sentences, marks, knowledge)
  const shown = (at: number) => (identities[at] ?? []).map(({code}) => code ?? "-").join("+")
  const nameAt = (at: number) => identities[at]?.[0]?.name
  const seen = new Set<string>()
  const links: Link[] = []
  for (const [at, mark] of marks.mentions.entries()) {
    const label = labels[at] ?? "~"
    if (mark.kind !== "actor" || label === "~") continue
    const parts = label.split("+")
    const wanted = parts.map(part => who[part] ?? "-").join("+")
    const isFirst = parts.length === 1 && !seen.has(label)
    seen.add(label)
    if (isFirst) continue
    const others = labels.flatMap((one, index) => (one === label && index !== at ? [index] : []))
    const isOne = parts.length > 1 || others.some(other => entities[other] === entities[at] || nameAt(other) === nameAt(at))
    const found = shown(at)
    const isSame = found === wanted || [...found.split("+")].sort().join() === [...wanted.split("+")].sort().join()
    const sentence = report.text.slice(sentences[mark.sentence]?.start, sentences[mark.sentence]?.end)
    links.push({words: wordsOf(mark), sentence, wanted, found: isOne ? found : `${found} (another)`, isRight: isOne && isSame})
  }
  for (const [at, {recipients, sentence, start}] of told.triggers.entries()) {
    const source = marked[sentence] ?? ""
    const word = report.text.slice(start, told.triggers[at]?.end)
    const label = new RegExp(
      `<${word}\\|[A-Z]+ \\S*?>([\\w+]+)>(?: [a-z]+>)? (?:the|that|this) (?:charge|complaint|decision|demand|demands|drills|move|measures|ruling|sentences|step|case|criticism|offer|accusation)`,
    ).exec(source)?.[1]
    if (!label || recipients.some(isHere)) continue
    const found = borrowed.filter(one => one.trigger === at && one.role === "recipient").map(({mention}) => labels[mention] ?? "")
    const text = report.text.slice(sentences[sentence]?.start, sentences[sentence]?.end)
    links.push({words: word, sentence: text, wanted: label, found: found.join(), isRight: found.some(one => who[one]?.slice(0, 3) === who[label]?.slice(0, 3))})
  }
  return links
}
