/** Stems of a text's content words, each once: lower case, rough endings off, function words and numbers left out. */
export function stemsOf(text: string, without: ReadonlySet<string> = new Set()): string[] {
  const found = text.toLowerCase().match(/\p{L}[\p{L}'’]*/gu) ?? []
  const stems = found.map(word => word.replace(/['’]s?$/, "")).filter(word => word.length > 2 && !common.has(word) && !without.has(word))
  return [...new Set(stems.map(stem))]
}

/** A rough stem that joins "attack", "attacked", "attacks", and "abduct", "abduction". */
export function stem(word: string): string {
  const bare = word.toLowerCase().replace(/(?:ations?|ions?|ings?|ers?|ed|es|s)$/u, "")
  return (bare.length >= 3 ? bare : word.toLowerCase()).replace(/(.)\1$/u, "$1").replace(/e$/, "")
}

/** Share of stems in common, 0 to 1 (Dice). */
export function alike(some: readonly string[], others: readonly string[]): number {
  if (some.length === 0 || others.length === 0) return 0
  const set = setOf(some)
  let common = 0
  for (const word of others) if (set.has(word)) common++
  return (2 * common) / (some.length + others.length)
}

/** Each list is compared with hundreds. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

function setOf(list: readonly string[]): ReadonlySet<string> {
  const set = sets.get(list) ?? new Set(list)
  sets.set(list, set)
  return set
}

/** Words that say nothing of which deed it is: function words, days and what every report says. */
const common = new Set(
  `the and for that this with from was were are has have had been being its his her their they them who whom which what when where while will would could should
  may might can not but into onto over under after before during between against about than then also more most some any all each both other another such
  said says say told tells according officials official spokesman spokeswoman statement reported report reports added
  monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow night morning evening afternoon week month year weekend late early
  january february march april june july august september october november december
  one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands million dozen dozens
  least around nearly people there here out off near along again second third fourth first further separate same still`.split(/\s+/),
)
