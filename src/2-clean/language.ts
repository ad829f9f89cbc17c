/** What the words of a text say of its language. */
export type LanguageGuess = {
  /** Share of English function words among all words, 0 to 1. */
  readonly share: number
  readonly isEnglish: boolean
  /** Whether there is enough text for the guess to be relied on. */
  readonly isSure: boolean
}

/**
 * Guesses whether a text is English, by the share of its function words.
 *
 * A third or more of running English is function words and no other language has many of these, so the share alone
 * decides, costs nothing to load, and does not mind names or capitals. The bounds are those that
 * test/2-clean/language.test.ts compares with the guesses of `eld`.
 */
export function guessLanguage(text: string): LanguageGuess {
  let words = 0
  let found = 0
  for (const [word] of text.slice(0, enough).matchAll(/\p{L}[\p{L}\p{M}'’]*/gu)) {
    words++
    if (functionWords.has(word.toLowerCase())) found++
  }
  const share = words > 0 ? found / words : 0
  return {share, isEnglish: share >= leastShare, isSure: text.length >= leastLength && words > 0}
}

/** DESIGN.md: under 200 characters the guess is told, never a reason to refuse. */
const leastLength = 200

/** Characters that suffice: more of the same report changes nothing. */
const enough = 20_000

const leastShare = 0.1

/** Function words that no other widely written language shares in number; "in", "a", "on", "for" and the like are left out. */
const functionWords: ReadonlySet<string> = new Set(
  (
    "the of and to that with from by were which this these those his her their its it they he she has have had been be are is was " +
    "would will could should can may not but who what when where than then there after before into over under about against between during " +
    "said says more also as at or while because if we our you your"
  ).split(" "),
)
