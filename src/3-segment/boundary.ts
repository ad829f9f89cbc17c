/** Abbreviations that a name always follows: no sentence ends with them. */
const beforeNames = words(
  "Mr Mrs Ms Mx Dr Prof Gen Brig Lt Col Maj Capt Cpt Sgt Cpl Pte Pvt Adm Cmdr Cmdt Cdr Comdr Sen Sens Rep Reps Gov Govs Rev Hon Msgr Fr Pres Amb Atty Supt Insp Det Mgr Md Mt Ft St Ste Mme Mlle",
)

/** Abbreviations that something always follows, whatever its case. */
const beforeMore = words("vs v viz cf eg ie e.g i.e ca al approx est dept univ")

/** Abbreviations that a number follows; before anything else the stop is a full stop. */
const beforeNumbers = words("No Nos Nr Art Arts Sec Secs Fig Figs Vol Ch Para p pp Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Res")

/** Abbreviations that may end a sentence as well: what follows decides. */
const either = words(
  "Inc Corp Ltd Co Cos Bros LLC Plc Kft Jr Sr Esq Ph.D M.D a.m p.m etc Ave Blvd Rd Ariz Calif Colo Conn Fla Ga Ill Ind Kan Ky La Mass Mich Minn Miss Mo Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis",
)

/** Words that begin sentences and hardly ever a name: after "U.S." they tell that the sentence ended. */
const openers = words(
  "The A An This That These Those There Here It He She They We I You His Her Their Its Our My In On At By For From With Without After Before During Since Until While When Where Why How What Who Which As If Although Though Because Under Over About Among Between Despite According And But Or So Yet Nor Then Now However Meanwhile Moreover Instead Still Also Both Each Every Some Many Most Several All No Not One Two Three Such Another Other Others Earlier Later Last Next Asked Speaking Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)

/** Whether a sentence that began at `start` ends before `at`. */
type Join = (before: string, after: string, sentence: string) => boolean

/**
 * Reasons why a proposed end is none. `before` ends with the stop and its closing quotes, `after` begins with what
 * follows them; both are cut to the words that matter. The first that holds joins the two.
 */
const joins: readonly Join[] = [
  // "Why?" he asked
  (_, after) => /^["“‘'([]*\p{Ll}/u.test(after) && !/^(?:al|el|ul|bin|de|von|van)[- ]\p{Lu}/u.test(after),
  (before, after) => isAbbreviated(lastWord(before), after),
  // "1. The government", "(a) …", "[...] the rest"
  (_, __, sentence) => /^[\s"“(]*(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]\s*$/.test(sentence),
  (before, after) => /[[(](?:\.\.\.|…)[\])]?$/.test(before) || /^[[(](?:\.\.\.|…)[\])]/.test(after),
  // a stop of which only closing marks follow
  (_, after) => !/[\p{L}\p{N}]/u.test(after),
]

/**
 * Whether a sentence ends before `at`, where `Intl.Segmenter` proposes it or a digit follows a full stop.
 *
 * @param text   one paragraph
 * @param start  where the sentence began
 * @param at     where the next one would begin; white space before it belongs to the one that ends
 */
export function endsSentence(text: string, start: number, at: number): boolean {
  const before = text.slice(Math.max(start, at - reach), at).trimEnd()
  const after = text.slice(at, at + reach).trimStart()
  const sentence = at - start > reach ? before : text.slice(start, at)
  return !joins.some(join => join(before, after, sentence))
}

/** How far a rule may look, in UTF-16 units: longer than any word or opening quote that one goes by. */
const reach = 60

/** Whether the stop of `word` belongs to an abbreviation that the sentence goes on after. */
function isAbbreviated(word: string, after: string): boolean {
  const bare = /^(?:.*[-–—/])?(.+)\.\)?$/u.exec(word)?.[1] ?? ""
  const next = /^["“‘'([]*([\p{L}\p{N}][\p{L}\p{N}.'’]*)/u.exec(after)?.[1] ?? ""
  const goesOn = !openers.has(next) && !/^["“‘]/.test(after)
  if (word.endsWith(")")) return /^\p{Lu}\./u.test(bare) && /^\d/.test(next)
  if (beforeNames.has(bare) || beforeMore.has(bare)) return true
  if (beforeNumbers.has(bare)) return /^\d/.test(next)
  if (/^[ap]\.?m$/i.test(bare)) return afterTime.test(next)
  if (either.has(bare)) return goesOn && !/^\d/.test(next)
  // an initial: "An", "So" and "No" are names too
  if (/^\p{Lu}$/u.test(bare)) return goesOn || (next.length < 4 && !/^(?:The|He|She|It)$/.test(next) && /^\p{L}/u.test(after))
  return /^(?:\p{L}\.)+\p{L}{1,2}$/u.test(bare) && goesOn
}

/** What stands after "a.m." in the same sentence: a day, a month, a time zone. */
const afterTime =
  /^(?:[A-Z]{2,4}|\d.*|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|Eastern|Central|Pacific|Moscow|Greenwich)$/

/** The last word with its stop. A closing quote after the stop ends any abbreviation, so that no word is found then. */
function lastWord(before: string): string {
  return /[^\s"“”‘([]+$/.exec(before)?.[0] ?? ""
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "))
}
