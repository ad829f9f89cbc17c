import type {Report} from "../0-records/index.ts"
import type {Draft, Side} from "./events.ts"
import type {Ontology} from "./ontology.ts"

/**
 * Says which rows of a report tell the same deed: for each draft, the index of the first that tells it.
 *
 * Two rows are one deed where nothing speaks against it (type, whether it happened, sides, stated days) and something
 * speaks for it: the same word, or a talk between the same two, or a definite noun that takes up an earlier verb
 * ("attacked … the attack"). Where in doubt they stay apart, and so they do where the first is more than `reach` sentences back.
 */
export function retellings(drafts: readonly Draft[], {text}: Report, {mutual}: Ontology): number[] {
  const deeds: number[] = []
  let near = 0
  for (const [i, draft] of drafts.entries()) {
    while (draft.trigger.sentence - drafts[near]!.trigger.sentence > reach) near++
    let first = near
    while (first < i && !(deeds[first] === first && isSameDeed(drafts[first]!, draft, text, mutual))) first++
    deeds.push(first)
  }
  return deeds
}

/** Sentences; few reports have more. It keeps the work in proportion to the report's length. */
const reach = 300

function isSameDeed(first: Draft, second: Draft, text: string, mutual: ReadonlySet<string>): boolean {
  const [a, b] = [first.trigger, second.trigger]
  if (a.type !== b.type || outcome(a.status) !== outcome(b.status)) return false
  if (a.mode !== null && b.mode !== null && a.mode !== b.mode) return false
  if (first.date && second.date && (first.date.to < second.date.from || second.date.to < first.date.from)) return false
  const straight = agree(first.actors, second.actors) && agree(first.recipients, second.recipients)
  const across = mutual.has(a.type) && agree(first.actors, second.recipients) && agree(first.recipients, second.actors)
  if (!straight && !across) return false
  if (!share(sides(first), sides(second))) return false
  const stems = [a, b].map(({start, end}) => stem(text.slice(start, end)))
  if (a.type === "CONSULT") return a.sentence !== b.sentence || stems[0] === stems[1]
  return a.sentence !== b.sentence && (stems[0] === stems[1] || (isTakenUp(text, b.start) && isWordOf(stems[0]!, stems[1]!)))
}

/** Things that happened are one group whether told as news or as history; every other status stands for itself. */
const outcome = (status: string) => (status === "background" ? "actual" : status)

const sides = ({actors, recipients}: Draft) => [...actors, ...recipients]

const key = ({entity, actor}: Side) => (entity >= 0 ? `#${entity}` : (actor.code ?? actor.name))

function share(some: readonly Side[], others: readonly Side[]): boolean {
  const keys = new Set(some.map(key))
  return others.some(side => keys.has(key(side)))
}

/** Whether two lists of sides can be the same: one is silent, or they have somebody in common. */
function agree(some: readonly Side[], others: readonly Side[]): boolean {
  return some.length === 0 || others.length === 0 || share(some, others)
}

/** "the attack", "this call": a definite noun takes up what was told. */
function isTakenUp(text: string, start: number): boolean {
  return /\b(?:the|this|that|these|those|their|its|his|her|latest)\s+(?:\p{L}+\s+)?$/iu.test(text.slice(Math.max(0, start - 40), start))
}

function isWordOf(verb: string, noun: string): boolean {
  return verb.length >= 4 && noun.length >= 4 && (verb.startsWith(noun.slice(0, 5)) || noun.startsWith(verb.slice(0, 5)))
}

/** A rough stem that joins "attack", "attacked", "attacks". */
function stem(words: string): string {
  return words.toLowerCase().replace(/\b(\p{L}{3,}?)(?:ing|ed|es|s|d)\b/gu, "$1")
}
