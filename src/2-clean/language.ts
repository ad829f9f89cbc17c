import {CoderError, type Source} from "../0-records/index.ts"

/** What the words of a text say of its language. */
export type LanguageGuess = {
  readonly isEnglish: boolean
  /** Whether there is enough text for the guess to be relied on. */
  readonly isSure: boolean
  /** Shares of all words that are function words of English, and of other languages, 0 to 1. */
  readonly english: number
  readonly other: number
}

/**
 * Guesses whether a text is English, by its function words: English has more of its own than of other languages'.
 *
 * Running English has a third of them and a report made of names a twentieth, so names and capitals do not mislead,
 * and nothing needs to be loaded. test/2-clean/language.test.ts holds the guess against that of `eld`.
 */
export function guessLanguage(text: string): LanguageGuess {
  const head = text.slice(0, enough)
  const isShouted = !/\p{Ll}{2}/u.test(head)
  let words = 0
  let english = 0
  let other = 0
  for (const [word] of head.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    words++
    if (ours.has(word.toLowerCase())) english++
    else if (theirs.has(isShouted ? word.toLowerCase() : word)) other++
  }
  const share = (count: number) => (words > 0 ? count / words : 0)
  return {isEnglish: share(english) >= least && english > other, isSure: text.trim().length >= sureFrom, english: share(english), other: share(other)}
}

/** DESIGN.md: under 200 characters the guess is told, never a reason to refuse. */
const sureFrom = 200

/** Characters that suffice: more of the same report changes nothing. */
const enough = 20_000

/** Least share of function words in English; of 20,987 news summaries of 200 characters or more one has less. */
const least = 0.04

/** English function words, those that other languages share ("in", "a", "for") among them. */
const ours: ReadonlySet<string> = new Set(
  (
    "the of and to in a an on for with that from by as at are is was were be been has have had it its his her he she they their " +
    "this these those which who will would could should can may not but or after before over into under about against between " +
    "during near says said say more than first new also while when where following amid"
  ).split(" "),
)

/** The commonest words of other languages in Latin letters, a line each. Capitalised they are names ("La Paz") and do not count. */
const theirs: ReadonlySet<string> = new Set(
  [
    "el los las que y en una por con para se su es como más pero fue ha sobre según este esta también",
    "le les des et en une dans que qui pour sur par au aux est sont pas ce cette avec sa ses plus été mais selon",
    "und das ist nicht mit sich auf für dem den ein eine einen im zu auch wird werden hat sei bei nach aus wie vom zum zur",
    "il gli che è per con una della delle del dei degli nel nella sono non si come più anche alla dal ha",
    "o os as que em um uma do dos das na no nas nos por com para não é se mais foi como ao à pelo pela",
    "het een en dat niet zijn op te aan met voor door ook naar bij uit wordt werd hij ze deze",
    "och att det som på är av för med den till inte om ett har han var från de kan men",
    "og det som på er av for med til ikke om et har han fra den de kan men ved blev efter",
    "ja on ei että se oli ovat myös kuin mutta hän sekä joka ole mukaan",
    "i w na z się że nie do jest to przez jak po dla od oraz przy są był została",
    "a v se na je že s z o do byl ale pro jako podle jsou také který",
    "és az hogy nem egy is volt meg csak már de ezt szerint vagy lesz után",
    "și în că nu este pe cu din la pentru au fost mai sunt care prin după",
    "ve bir bu için ile da olarak olan çok daha gibi sonra kadar olduğunu göre dedi",
    "yang dan di dengan untuk pada ini dari tidak dalam akan adalah telah itu oleh juga ke",
    "ang ng sa mga na ay at ni si kay nang para hindi ito",
    "của và là có không các được cho trong với này một đã những người",
    "u je da na se i za su od koji nije bi kao ili što",
    "na ya wa kwa ni katika la za kuwa cha huo hiyo alisema",
    "els les amb per una què és dels del i però també seva",
    "ir kad yra į su iš buvo kaip bet po tai",
    "un ir ka ar no par tas ir bija kas bet pēc",
  ]
    .join(" ")
    .split(" ")
    .filter(word => word.length > 1 && !ours.has(word)),
)

/**
 * The same error, saying which language the text is in, by `eld`. That is loaded only here, since loading it costs more than
 * coding a report.
 *
 * @returns `error` itself where it is another error, or no language is likely
 */
export async function withLanguage(error: unknown, {text, html}: Source): Promise<unknown> {
  if (!(error instanceof CoderError) || error.code !== "language-not-english") return error
  const {eld} = await import("eld/extrasmall")
  const sample = (text ?? html ?? "").replace(/<[^<>]*>/g, " ").slice(0, enough)
  const {language} = eld.detect(sample)
  const name = language && language !== "en" ? new Intl.DisplayNames(["en"], {type: "language"}).of(language) : undefined
  return name === undefined ? error : new CoderError(error.code, error.message.replace(": ", `: it reads as ${name}; `), error.place)
}
