import {readFileSync} from "node:fs"
import {type Knowledge, resolve} from "../../src/5-resolve/index.ts"
import {story} from "./story.ts"

/** A short invented report whose mentions have each to mean the code of their label; `1+2` means both, `~` is not asked. */
export type Parties = {
  readonly kind: "counterpart" | "body" | "sides" | "leaders" | "former" | "office"
  readonly title: string
  readonly published: string
  readonly who: Readonly<Record<string, string>>
  readonly sentences: readonly string[]
}

export const parties = readFileSync(new URL("parties.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map(line => JSON.parse(line) as Parties)

/** The mentions that mean somebody else than they should: "words: found, not wanted". */
export function strays({title, published, who, sentences: marked}: Parties, knowledge: Knowledge): string[] {
  const {report, sentences, marks, labels, wordsOf} = story(marked, {title, published})
  const isHere = ({mention}: {mention: number}) => mention >= 0
  const triggers = marks.triggers.map(one => ({...one, actors: one.actors.filter(isHere), recipients: one.recipients.filter(isHere)}))
  const {identities} = resolve(report, sentences, {...marks, triggers}, knowledge)
  const sorted = (codes: readonly string[]) => [...codes].sort().join("+")
  return marks.mentions.flatMap((mark, at) => {
    const label = labels[at] ?? "~"
    if (mark.kind !== "actor" || label === "~") return []
    const wanted = sorted(label.split("+").flatMap(part => (who[part] ?? "-").split("+")))
    const found = sorted((identities[at] ?? []).map(({code}) => code ?? "-"))
    return found === wanted ? [] : [`${wordsOf(mark)}: ${found}, not ${wanted}`]
  })
}
