import type {Identity, Marks, TriggerMark} from "../0-records/index.ts"
import type {Reference} from "./coreference.ts"

/**
 * Gives a sector to those of whom the words tell no more than that they are people, by what they do and what is done to
 * them: whoever protests is a protester, "four others" are what was hit beside them, and other victims are civilians.
 */
export function byDeeds(reference: Reference, text: string, {mentions, triggers}: Marks): Reference {
  const {entities, identities} = reference
  const sectors = new Map<number, string>()
  const sectorOf = (index: number) => identities[index]?.[0]?.sector ?? null
  const isOne = (index: number) => identities[index]?.length === 1
  for (const trigger of triggers) {
    if (trigger.type === "PROTEST") {
      for (const {mention} of trigger.actors) if (isOne(mention) && isCrowd(identities[mention]![0]!)) sectors.set(mention, "PRO")
    }
    if (trigger.type !== "ASSAULT") continue
    for (const {mention} of trigger.actors) {
      const one = identities[mention]?.[0]
      if (one && isOne(mention) && one.kind === "person" && (one.sector === null || one.sector === "CVL")) sectors.set(mention, "CRM")
    }
    for (const {mention} of trigger.recipients) {
      const one = identities[mention]?.[0]
      const mark = mentions[mention]
      if (!one || !mark || !isOne(mention) || one.sector || one.kind === "country") continue
      const words = text.slice(mark.start, mark.end)
      if (isCount.test(words)) sectors.set(mention, besides(mention, trigger, mentions, triggers, sectorOf) ?? "CVL")
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

/** A number of people of whom nothing else is told: "four others", "at least 20", "dozens". */
const isCount =
  /^(?:(?:at least|at most|more than|over|about|around|nearly|almost|some|up to|as many as|an?|the|many|several|other|another|further|additional|\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|dozen|dozens|scores|hundred|hundreds|thousand|thousands|tens|of|and|more|others|dead|injured|wounded)[ -]?)+$/i

const isCrowd = ({kind, sector}: Identity) => (kind === "group" || kind === "other") && (sector === null || sector === "CVL")

/** The sector of those told of last who were struck in the same sentence: of "three soldiers and four others" none. */
function besides(
  index: number,
  {sentence}: TriggerMark,
  mentions: Marks["mentions"],
  triggers: Marks["triggers"],
  sectorOf: (index: number) => string | null,
): string | undefined {
  const struck = triggers.flatMap(one => (one.type === "ASSAULT" && one.sentence === sentence ? one.recipients.map(({mention}) => mention) : []))
  const before = struck.filter(other => other !== index && mentions[other]!.end <= mentions[index]!.start).sort((a, b) => b - a)
  return before.map(sectorOf).find(sector => sector !== null) ?? undefined
}
