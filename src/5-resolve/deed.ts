import type {Identity, Marks} from "../0-records/index.ts"
import type {Reference} from "./coreference.ts"

/**
 * Gives a sector to those of whom the words tell no more than that they are people, by what they do and what is done to
 * them: whoever protests is a protester, "four others" are what was hit beside them, and other victims are civilians.
 */
export function byDeeds(reference: Reference, text: string, {mentions, triggers}: Marks): Reference {
  const {entities, identities} = reference
  const sectors = new Map<number, string>()
  const isOne = (index: number) => identities[index]?.length === 1
  /** Of "three soldiers and four others": the soldiers', who were told of last of those struck in the sentence. */
  let besides: {readonly sentence: number; readonly sector: string} | undefined
  for (const trigger of triggers) {
    if (trigger.type === "PROTEST") {
      for (const {mention} of trigger.actors) if (isOne(mention) && isCrowd(identities[mention]![0]!)) sectors.set(mention, "PRO")
    }
    if (trigger.type !== "ASSAULT") continue
    for (const {mention} of trigger.actors) {
      const one = identities[mention]?.[0]
      if (one && isOne(mention) && one.kind === "person" && (one.sector === null || one.sector === "CVL")) sectors.set(mention, "CRM")
    }
    for (const {mention} of [...trigger.recipients].sort((a, b) => a.mention - b.mention)) {
      const one = identities[mention]?.[0]
      const mark = mentions[mention]
      if (one?.sector) besides = {sentence: trigger.sentence, sector: one.sector}
      if (!one || !mark || !isOne(mention) || one.sector || one.kind === "country") continue
      const words = text.slice(mark.start, mark.end)
      if (isCount(words)) sectors.set(mention, besides?.sentence === trigger.sentence ? besides.sector : "CVL")
      else if (one.kind === "person" && /^\p{Lu}/u.test(one.name)) sectors.set(mention, "CVL")
    }
  }
  if (sectors.size === 0) return reference
  const shared = new Map([...sectors].map(([index, sector]) => [entities[index] ?? -1, sector]))
  const told = identities.map((list, index) => {
    const [one] = list
    const sector = sectors.get(index) ?? (one && list.length === 1 && (!one.sector || one.kind !== "group") ? shared.get(entities[index] ?? -1) : undefined)
    return one && sector && list.length === 1 && (!one.sector || one.sector === "CVL") && one.kind !== "country"
      ? [{...one, sector, code: `${one.country ?? ""}${sector}`}]
      : list
  })
  return {...reference, identities: told}
}

/** Whether words are a number of people and nothing else: "four others", "at least 20", "dozens". */
const isCount = (words: string) => words.split(/[\s-]+/).every(word => counting.has(word.toLowerCase()) || /^\d[\d,.]*$/.test(word))

const counting = new Set(
  `at least most more than over about around nearly almost some up to as many a an the several other others another further additional one two three four five six seven eight nine ten eleven
  twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens scores hundred hundreds thousand thousands tens of and
  dead injured wounded`.split(/\s+/),
)

const isCrowd = ({kind, sector}: Identity) => (kind === "group" || kind === "other") && (sector === null || sector === "CVL")
