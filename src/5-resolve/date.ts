import {addDays, type Basis, type Day, type Days, daysBetween, type Status, weekday} from "../0-records/index.ts"

/** What stands around a time expression. */
export type TimeContext = {
  /** The report's day; without it only absolute expressions can be read. */
  readonly published: Day | null
  /** The sentence that the expression stands in: its tense tells "on Friday" ahead from "on Friday" past. */
  readonly sentence: string
  /** Where the expression begins in the sentence, UTF-16 units; where it first stands if absent. */
  readonly at?: number
  /** Of the event that happened then. */
  readonly status?: Status
  /** The days last told before in the report, which "the next day" counts from. */
  readonly told?: Days | null
}

/**
 * Reads a time expression of a report as calendar days.
 *
 * Weeks run from Monday to Sunday; "early", "mid" and "late" are thirds of a month, a year or a decade; seasons are
 * the northern ones; days and weeks "ago" are counted to the day, months and years to the whole month or year.
 * Hours and time zones are ignored on purpose.
 *
 * @returns `null` where the words are vague ("recently"), where they count from something unknown, or where they
 *   are relative and the report has no day
 * @example
 * readDate("Tuesday", {published: "2025-12-18", sentence: "It met on Tuesday."})?.days.from // "2025-12-16"
 */
export function readDate(
  text: string,
  {published, sentence, at = sentence.indexOf(text), status, told = null}: TimeContext,
): {days: Days; basis: Basis} | null {
  const before =
    /(?<!\b(?:days?|nights?|weeks?|months?|years?|hours?) )\b(since|until|till|by|before|after) (?:the )?$/i.exec(sentence.slice(0, Math.max(0, at)))?.[1] ?? ""
  const found = read(normalise(`${before} ${text}`), {published, tense: tenseAt(at, text.length, sentence, status), told})
  return found && isInCalendar(found) ? {days: found, basis: "stated"} : null
}

/** Whether both days are in years 1000 to 2999, as `day` reads them: "5,000 years ago" is no day. */
const isInCalendar = ({from, to}: Days) => [from, to].every(at => /^[12]\d{3}-/.test(at))

type Tense = "past" | "future" | "unknown"
type Context = {readonly published: Day | null; readonly tense: Tense; readonly told: Days | null}
type Rule = readonly [RegExp, (found: readonly (string | undefined)[], context: Context) => Days | null]

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
const ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ")
const tens = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ")
const ordinals = ["first", "second", "third", "fourth"]

const month = `(${months.join("|")}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`
const week = `(${weekdays.join("|")})`
const dayNumber = "(\\d{1,2})(?:st|nd|rd|th)?"
const year = "((?:1[5-9]|20|21)\\d\\d)"
const unit = "(hour|day|night|week|fortnight|month|year|decade|century)"
const amount = `(\\d+|an?|(?:${[...ones, ...tens.slice(2), "couple", "dozen", "half"].join("|")})(?:-(?:${ones.slice(1, 10).join("|")}))?)`
const season = "(spring|summer|autumn|fall|winter)"
const daytime = "(?:pre-?dawn|dawn|morning|midday|noon|lunchtime|afternoon|evening|nightfall|night|midnight|hours)"
const third = "(early|mid|middle|late|beginning|start|end)"

const vague =
  /^(?:(?:more|most|much )?recent(?:ly)?\b|in recent|(?:over|during|in|for) recent|coming (?:days|weeks|months|years)|(?:a )?few|several|(?:days|weeks|months|years|decades|hours|minutes)\b|every\b|each\b|(?:annual|week|month|dai)ly\b|(?:on )?(?:sun|mon|tues|wednes|thurs|fri|satur)days\b|often|soon|now\b|once\b|for decades|for years)/

/** Feasts that have one day of the month. */
const feasts: Record<string, readonly [day: string, month: string]> = {
  "christmas eve": ["24", "december"],
  "christmas day": ["25", "december"],
  "new years eve": ["31", "december"],
  "new years day": ["1", "january"],
}

/** The first rule that answers is believed: whole expressions, the most explicit first. */
const rules: readonly Rule[] = [
  [/^(\d{4})-(\d\d)-(\d\d)(?:$|[t ])/, ([, y, m, d]) => date(y, Number(m) - 1, d)],
  [
    rule(`(christmas day|christmas eve|new year'?s day|new year'?s eve)(?: (?:of |in )?${year})?`),
    ([, feast, y], c) => dated(...(feasts[(feast ?? "").replace("'", "")] ?? ["", ""]), y, c),
  ],
  [/^(?:on )?(\d{1,2})[./](\d{1,2})[./](\d{4})$/, ([, a, b, y]) => numeric(Number(a), Number(b), y)],
  [rule(`(?:${week} )?${dayNumber}-${dayNumber} (?:of )?${month}(?: (?:of )?${year})?`), ([, , a, b, m, y], c) => span(dated(a, m, y, c), dated(b, m, y, c))],
  [rule(`${month} ${dayNumber}(?:-| and | to | or )${dayNumber}(?: ${year})?`), ([, m, a, b, y], c) => span(dated(a, m, y, c), dated(b, m, y, c))],
  [rule(`(?:${week} )?${dayNumber} (?:of )?${month}(?: (?:of )?${year})?`), ([, , d, m, y], c) => dated(d, m, y, c)],
  [rule(`(?:${week} )?${month} ${dayNumber}(?: (?:of |in )?${year})?`), ([, , m, d, y], c) => dated(d, m, y, c)],
  [rule(`(?:${week} )?(?:${month} ${dayNumber}|${dayNumber} (?:of )?${month}) (?:of )?(this|last|next) year`), yearlyDay],
  [rule(`(this|last|next) year ${month} ${dayNumber}`), ([, which, m, d], c) => yearlyDay([undefined, undefined, m, d, undefined, undefined, which], c)],
  [rule(`(?:${third}[ -])?(?:of |in )?${month} (?:of |in )?${year}`), ([, part, m, y]) => thirdOf(monthDays(Number(y), monthNumber(m)), part)],
  [rule(`(?:${third}[ -])?(?:of |in )?(?:(last|this|next|this past|this coming) )?${month}`), relativeMonth],
  [
    rule(`(?:${third}[ -])?(?:of |in )?${month} (?:of )?(last|this|next) year`),
    ([, part, m, which], c) => thirdOf(c.published && monthDays(yearOf(c.published) + step(which), monthNumber(m)), part),
  ],
  [rule(`${third}[ -](?:of |in )?(?:(?:fiscal|financial) year )?${year}`), ([, part, y]) => thirdOf(yearDays(Number(y)), part)],
  [rule(`(?:(?:fiscal|financial) (?:year )?)?${year}(?: (?:fiscal|financial) year)?`), ([, y]) => yearDays(Number(y))],
  [rule(`${year}-(\\d\\d)`), ([, y, to]) => span(yearDays(Number(y)), yearDays(Number(`${y?.slice(0, 2)}${to}`)))],
  [rule(`(?:${third}[ -])?(?:of )?${year}s`), ([, part, y]) => thirdOf(span(yearDays(Number(y)), yearDays(Number(y) + 9)), part)],
  [rule("(\\d\\d)(?:st|nd|rd|th) century"), ([, n]) => span(yearDays(Number(n) * 100 - 99), yearDays(Number(n) * 100))],
  [rule(`(?:q([1-4])|(${ordinals.join("|")}|last) quarter)(?: (?:of )?(?:${year}|(last |this |next )?year))?`), quarter],
  [rule(`(first|second) half(?: of)? (?:${year}|(last |this |next )?year)`), half],
  [rule(`first ${amount} months(?: of)? (?:${year}|(last |this |next )?year)`), firstMonths],
  [
    rule(
      `(?:${third}[ -]?)?(?:of |in )?(?:(last|this|next|this past|this coming|past|previous|coming) )?${season}(?: (?:of )?(?:${year}|(last|this|next) year))?`,
    ),
    seasonal,
  ],

  [rule("day before yesterday"), (_, c) => from(c, -2)],
  [rule("day after tomorrow"), (_, c) => from(c, 2)],
  [rule(`(?:(?:early|late|earlier|later) )?(?:${daytime} )?yesterday(?: ${daytime})?`), (_, c) => from(c, -1)],
  [rule(`(?:(?:early|late|earlier|later) )?(?:${daytime} )?tomorrow(?: ${daytime})?`), (_, c) => from(c, 1)],
  [rule(`(?:(?:early|late|earlier|later) )?(?:${daytime} )?(?:today|tonight|this (?:very )?(?:day|${daytime}))(?: ${daytime})?`), (_, c) => from(c, 0)],
  [rule("(?:earlier|early|later|late) (?:in|on|during) day"), (_, c) => c.told ?? from(c, 0)],
  [rule("(?:late )?last (?:night|evening)"), (_, c) => from(c, -1)],
  [rule("overnight"), (_, c) => span(from(c, -1), from(c, 0))],
  [rule(`(?:that|same|that same|that very|very same) (?:day|${daytime})`), (_, c) => c.told ?? from(c, 0)],
  [rule(`(?:later|earlier) (?:that|same|that same) (?:day|${daytime})`), (_, c) => c.told ?? from(c, 0)],
  [rule(`(?:next|following) (?:day|${daytime})|day after|(?:a|one) day (?:later|after(?:wards)?)`), (_, c) => c.told && shift(c.told, 1)],
  [
    rule(`(?:previous|preceding) (?:day|${daytime})|day before|(?:a|one) day (?:earlier|before|prior|previously)|night before`),
    (_, c) => shift(c.told ?? from(c, 0), -1),
  ],
  [
    rule(`${amount} ${unit}s? (later|after|afterwards|earlier|before|prior|previously)`),
    ([, n, u, way], c) => c.told && counted(c.told.from, n, u, /^(la|af)/.test(way ?? "") ? 1 : -1),
  ],
  [rule("(?:that|same|that same) (week|month|year)"), ([, u], c) => c.told && period(c.told.from, u, 0)],
  [rule("(?:following|next) (week|month|year) after|(week|month|year) after"), ([, a, b], c) => c.told && period(c.told.from, a ?? b, 1)],

  [
    rule(
      `(?:${daytime} )?(?:of )?(?:(?:early|late) )?(?:${daytime} )?(?:on |of )?(?:(last|past|this past|previous|next|following|this|this coming|coming) )?${week}s?(?: ${daytime})?(?: local time)?`,
    ),
    weekly,
  ],
  [
    rule(`(?:on )?${week}(?: of| in)? (last|this|next|previous|following|past|coming) week`),
    ([, d, which], c) => c.published && dayOfWeek(period(c.published, "week", step(which)), d),
  ],
  [rule(`${week} (?:a )?week ago`), ([, d], c) => c.published && dayOfWeek(period(c.published, "week", -1), d)],
  [rule(`(earlier|later|late|early|end|beginning|start) (?:of |in |on )?(?:this |(?:current ))?(week|month|year|decade|weekend)`), partOfPeriod],
  [rule("(week|month|year|decade)'s (end|start)"), ([, u, part], c) => partOfPeriod([undefined, part, u], c)],
  [
    rule(`(?:${third}[ -])?(?:of |in )?(last|previous|this|current|next|coming|following|upcoming) (week|month|year|decade|century|quarter|weekend)`),
    relativePeriod,
  ],
  [rule("weekend"), (_, c) => weekend(c, undefined)],
  [rule(`(?:this |these )?(?:past|rolling last) (?:${amount} )?${unit}s?`), ([, n, u], c) => rolling(c, n ?? "one", u, -1)],
  [rule(`(?:next|coming|following|upcoming) ${amount} ${unit}s?`), ([, n, u], c) => rolling(c, n, u, 1)],
  [rule(`last ${amount} ${unit}s?`), ([, n, u], c) => rolling(c, n, u, -1)],
  [
    rule(`for (?:more than |over |about |around |nearly |almost |at least |roughly )?${amount} ${unit}s?(?: now)?`),
    ([, n, u], c) => (c.tense === "past" || c.tense === "future" ? null : rolling(c, n, u, -1)),
  ],
  [
    rule(
      `(more than |over |about |around |nearly |almost |some |roughly |less than |just |only |at least |just over )?${amount}(?: (?:and )?(?:a half|an? half))? ${unit}s? ago(?: (?:today|this (?:week|month|year)))?`,
    ),
    ([, about, n, u], c) => ago(c, n, u, !!about && !/just |only /.test(about)),
  ],
  [rule(`(?:within |in |inside )(?:next )?${amount} ${unit}s?(?:' time| time)?`), ([all, n, u], c) => ahead(c, n, u, all?.startsWith("in ") ?? false)],
  [rule(`${amount} ${unit}s? from (?:now|today)`), ([, n, u], c) => ahead(c, n, u, true)],
  [rule("(christmas|christmas eve|christmas day|new year's eve|new year's day|new year|may day|valentine's day)"), ([, name], c) => feast(name, c)],
  [rule(`${dayNumber}(?: of (?:this|month))?`), ([all, d], c) => (/\d(st|nd|rd|th)/.test(all ?? "") ? dayOfMonth(d, c) : null)],
]

/** Words that may stand before an expression without changing its days. */
const openings =
  /^(?:(?:on|in|at|of|during|throughout|around|about|over|through|across|the|as of|only|just|just after|shortly (?:before|after)|starting|beginning|starting from|effective|all|late on|early on|sometime|again|both|course of|period of|by (?=yesterday|today|tonight|last|that)|for (?=this|next|last|tomorrow|today|tonight|yesterday|the)) )+/

function read(words: string, context: Context): Days | null {
  if (vague.test(words)) return null
  for (const reader of [related, atom, joined, embedded]) {
    const found = reader(words, context)
    if (found !== undefined) return found
  }
  return null
}

/** "since X", "until X", "by X", "two days before X". Like all readers, `undefined` where the words are of no such form. */
function related(words: string, context: Context): Days | null | undefined {
  const [, relation, rest = ""] =
    /^(since|ever since|from|starting from|after|following(?! (?:day|week|month|year|morning|afternoon|evening|night)\b)|until|up until|up to|till|to|by|before|ahead of|prior to|not before|no later than) (?:the )?(.+)$/.exec(
      words,
    ) ?? []
  const {published} = context
  if (relation === undefined) return offset(words, context)
  if (/^from /.test(words) && / (?:to|until|till|through) /.test(words)) return undefined
  const isBack = /since|from|after|following/.test(relation)
  if (isBack) {
    const days = read(rest, {...context, tense: relation.includes("since") ? "past" : context.tense})
    if (!days || !published) return days && relation === "from" ? days : null
    return days.from <= published ? {from: days.from, to: published} : days
  }
  const days = read(rest.replace(/^end of /, "end of "), {...context, tense: context.tense === "past" ? "past" : "future"})
  if (!days || !published) return null
  if (relation === "by" && days.to <= published) return days
  return days.to > published ? {from: published, to: days.to} : null
}

/** "two days after 3 May", "a day before Sunday's vote". */
function offset(words: string, context: Context): Days | null | undefined {
  const found = new RegExp(`^(?:${amount} )?(day|night|week|month|year)s? (before|after|prior to|following|ahead of) (?:the )?(.+)$`).exec(words)
  if (!found || /^(?:yesterday|tomorrow)$/.test(found[4] ?? "")) return undefined
  const base = read(found[4] ?? "", context)
  return (
    base && counted(/after|following/.test(found[3] ?? "") ? base.to : base.from, found[1] ?? "one", found[2], /after|following/.test(found[3] ?? "") ? 1 : -1)
  )
}

/** "between A and B", "from A to B", "A and B". */
function joined(words: string, context: Context): Days | null | undefined {
  const plain = words.replace(/^(?:between|from|on|in|both|either|the) (?:the )?/, "")
  const years = plain.match(new RegExp(`^${year}(?:(?:,? and |, |,? or |, and | )${year})+$`)) && plain.match(/\d{4}/g)
  if (years) return span(yearDays(Math.min(...years.map(Number))), yearDays(Math.max(...years.map(Number))))
  const [, first = "", second = ""] = /^(.+?)(?: ?- ?| (?:and|to|until|till|through|or) (?:the )?)(.+)$/.exec(plain) ?? []
  if (!second) return undefined
  const ownYear = /\b\d{4}\b/.exec(second)?.[0]
  const ownMonth = new RegExp(`\\b${month}\\b`).exec(second)?.[0]
  const to = /^\d{1,2}$/.test(second) ? null : read(second.replace(/^(?:on|in) /, ""), context)
  const complete = /^\d{1,2}(?:st|nd|rd|th)?$/.test(first) ? ownMonth && `${first} ${ownMonth} ${ownYear ?? ""}`.trim() : first
  const named = new RegExp(`\\b${month}\\b`).test(first) && ownYear && !/\d{4}/.test(first) ? `${first} ${ownYear}` : complete
  const start = named ? read(named, context) : null
  if (!to || !start) return undefined
  return start.from <= to.to ? {from: start.from, to: to.to} : null
}

function atom(words: string, context: Context): Days | null | undefined {
  const bare = words.replace(openings, "")
  for (const candidate of bare === words ? [words] : [words, bare]) {
    for (const [pattern, answer] of rules) {
      const found = pattern.exec(candidate)
      if (found) return answer(found, context)
    }
  }
  return undefined
}

/** A date named inside a longer expression: "the 1950s uprising", "Sunday's vote". */
function embedded(words: string, context: Context): Days | null | undefined {
  for (const pattern of inner) {
    const found = pattern.exec(words)
    if (found) return atom(found[0], context)
  }
  return undefined
}
const inner = [
  new RegExp(`\\b${dayNumber} (?:of )?${month}(?: ${year})?\\b`),
  new RegExp(`\\b${month} ${dayNumber}(?: ${year})?(?!\\d)`),
  new RegExp(`\\b(?:(?:early|mid|late)[ -])?${month} (?:of )?${year}\\b`),
  new RegExp(`\\b(?:(?:early|mid|late)[ -])?${year}s?\\b`),
  /\b(?:day before yesterday|day after tomorrow|yesterday|today|tonight|tomorrow)\b/,
  new RegExp(`\\b(?:(?:last|next|this) )?${week}\\b`),
  /\b(?:last|this|next) (?:week|month|year|weekend)\b/,
  new RegExp(`\\b(?:last|this|next) ${month}\\b`),
  new RegExp(`^${month}\\b`),
]

/** Lower case, plain hyphens and apostrophes, no commas, no clock, no brackets. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘`]/g, "'")
    .replace(/[‐-―−]/g, "-")
    .replace(/\([^)]*\)/g, " ")
    .replace(/\b([a-z]{3,4})\.(?= |$)/g, "$1")
    .replace(
      /(?:\bat |\baround |\babout |\bby )?\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: local time| (?:gmt|utc|[a-z]{2,4}t)\b)?(?! *[./]\d)/g,
      " ",
    )
    .replace(/(?:\bat |\baround |\babout )?\b\d{1,4} ?(?:[ap]\.?m\b\.?|o'clock|hours local|local time|gmt\b|utc\b)(?: local time| (?:gmt|utc)\b)?/g, " ")
    .replace(/\b(?:mon|tues?|wed|thur?s?|fri|sat|sun)\b/g, short => weekdays.find(day => day.startsWith(short)) ?? short)
    .replace(/(\d)(?:st|nd|rd|th) of\b/g, "$1 of")
    .replace(/(?:'s|')$/, "")
    .replace(
      /\b(over|during|in|within|for|through|throughout|across) the (?:very )?last (?=week|month|year|decade|day|century|hour|fortnight)/g,
      "$1 rolling last ",
    )
    .replace(/\b(?:the|local time|dates?)\b/g, " ")
    .replace(/[,;"“”]/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?:early|late|small|first|wee) hours (?:of |on )?/, "")
    .replace(/^(?:early|late) on /, "")
    .replace(/couple of/g, "couple")
    .replace(/half a dozen/g, "six")
    .replace(/dozen of/g, "dozen")
}

function rule(source: string): RegExp {
  return new RegExp(`^(?:${source})$`)
}

function number(word: string | undefined): number | null {
  if (word === undefined) return null
  if (/^\d+$/.test(word)) return Number(word) <= mostCounted ? Number(word) : null
  if (word === "a" || word === "an") return 1
  if (word === "couple") return 2
  if (word === "dozen") return 12
  const [first = "", second] = word.split("-")
  const small = ones.indexOf(first)
  if (small >= 0) return small
  const large = tens.indexOf(first)
  return large >= 2 ? large * 10 + (second ? ones.indexOf(second) : 0) : null
}

/** What is counted further than this leaves the calendar, whatever the unit. */
const mostCounted = 10_000

const two = (value: number | string) => String(value).padStart(2, "0")
const yearOf = (at: Day) => Number(at.slice(0, 4))
const monthOf = (at: Day) => Number(at.slice(5, 7)) - 1
const monthNumber = (name = "") => months.findIndex(full => full.startsWith(name.slice(0, 3)))
const monday = (at: Day) => addDays(at, -((weekday(at) + 6) % 7))
const shift = (days: Days | null, count: number) => days && {from: addDays(days.from, count), to: addDays(days.to, count)}
const span = (first: Days | null, second: Days | null) => (first && second && first.from <= second.to ? {from: first.from, to: second.to} : null)
const from = ({published}: Context, count: number): Days | null => (published ? one(addDays(published, count)) : null)
const one = (at: Day): Days => ({from: at, to: at})

/** −1 for "last", 0 for "this", 1 for "next". */
function step(which: string | undefined): number {
  if (/last|previous|past/.test(which ?? "")) return -1
  return /next|coming|following/.test(which ?? "") ? 1 : 0
}

/** `null` where there is no such day, such as 30 February. */
function date(y: string | number | undefined, m: number, d: string | number | undefined): Days | null {
  const iso = `${String(y).padStart(4, "0")}-${two(m + 1)}-${two(Number(d))}`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? one(iso) : null
}

function numeric(a: number, b: number, y: string | undefined): Days | null {
  if (a > 12) return date(y, b - 1, a)
  return b > 12 || a === b ? date(y, a - 1, b) : null
}

/** A month, also by its distance from January of `y`; no day of the calendar where it is too far away for one. */
function monthDays(y: number, m: number): Days {
  const told = y + Math.floor(m / 12)
  if (told < 1000 || told > 2999) return yearDays(0)
  const start = new Date(Date.UTC(y, m, 1)).toISOString().slice(0, 10)
  return {from: start, to: addDays(new Date(Date.UTC(y, m + 1, 1)).toISOString().slice(0, 10), -1)}
}

function yearDays(y: number): Days {
  const four = String(Math.max(0, y)).padStart(4, "0")
  return {from: `${four}-01-01`, to: `${four}-12-31`}
}

/** Of a month: days 1–10, 11–20, 21–; of longer spans: thirds of its length in months. */
function thirdOf(days: Days | null, part: string | undefined): Days | null {
  if (!days || !part) return days
  const at = /early|beginning|start/.test(part) ? 0 : /mid/.test(part) ? 1 : 2
  const length = daysBetween(days.from, days.to) + 1
  if (length <= 31) return {from: addDays(days.from, at * 10), to: at === 2 ? days.to : addDays(days.from, at * 10 + 9)}
  const count = Math.round(length / 30.44)
  const edge = (share: number) => new Date(Date.UTC(yearOf(days.from), monthOf(days.from) + Math.round((count * share) / 3), 1)).toISOString().slice(0, 10)
  return {from: edge(at), to: addDays(edge(at + 1), -1)}
}

/** A day and month, in the year told or the one that fits the tense best: the nearest one where nothing tells. */
function dated(d: string | undefined, m: string | undefined, y: string | undefined, {published, tense}: Context): Days | null {
  const at = monthNumber(m)
  if (y) return date(y, at, d)
  if (!published) return null
  const candidates = [-1, 0, 1].flatMap(by => date(yearOf(published) + by, at, d) ?? [])
  return nearest(candidates, published, tense)
}

function nearest(candidates: readonly Days[], published: Day, tense: Tense): Days | null {
  const fitting = candidates.filter(({from, to}) => (tense === "past" ? from <= published : tense === "future" ? to >= published : true))
  const distance = ({from}: Days) => Math.abs(Date.parse(from) - Date.parse(published))
  return fitting.reduce<Days | null>((best, next) => (!best || distance(next) < distance(best) ? next : best), null)
}

function yearlyDay([, , m1, d1, d2, m2, which]: readonly (string | undefined)[], {published}: Context): Days | null {
  return published && date(yearOf(published) + step(which), monthNumber(m1 ?? m2), d1 ?? d2)
}

function dayOfMonth(d: string | undefined, {published, tense}: Context): Days | null {
  if (!published) return null
  const candidates = [-1, 0, 1].flatMap(by => {
    const start = monthDays(yearOf(published), monthOf(published) + by).from
    return date(yearOf(start), monthOf(start), d) ?? []
  })
  return nearest(candidates, published, tense === "unknown" ? "past" : tense)
}

function relativeMonth([, part, which, name]: readonly (string | undefined)[], {published, tense}: Context): Days | null {
  if (!published) return null
  const m = monthNumber(name)
  const way = which === "this past" ? -1 : step(which)
  const current = monthDays(yearOf(published), m)
  const isFuture = way > 0 || (!which && tense === "future")
  const isPast = way < 0 || (!which && tense !== "future")
  if (which === "this") return thirdOf(current, part)
  if (isFuture) return thirdOf(current.to < published || (way > 0 && m === monthOf(published)) ? monthDays(yearOf(published) + 1, m) : current, part)
  if (isPast) return thirdOf(current.from > published || (way < 0 && m === monthOf(published)) ? monthDays(yearOf(published) - 1, m) : current, part)
  return null
}

/** The year of "of 2020", "of last year", or the published one. */
function whichYear(y: string | undefined, which: string | undefined, {published}: Context): number | null {
  if (y) return Number(y)
  return published ? yearOf(published) + step(which) : null
}

function monthsOf(y: number | null, first: number, count: number): Days | null {
  return y === null ? null : {from: monthDays(y, first).from, to: monthDays(y, first + count - 1).to}
}

function quarter([all, digit, ordinal, y, which]: readonly (string | undefined)[], context: Context): Days | null {
  const at = digit ? Number(digit) - 1 : ordinal === "last" ? 3 : ordinals.indexOf(ordinal ?? "")
  if (ordinal === "last" && !/year|\d/.test(all ?? "")) return context.published && period(context.published, "quarter", -1)
  const told = whichYear(y, which, context)
  const days = monthsOf(told, at * 3, 3)
  const isAhead = days && !y && !which && context.published && days.from > context.published && context.tense === "past"
  return isAhead && told ? monthsOf(told - 1, at * 3, 3) : days
}

function half([, ordinal, y, which]: readonly (string | undefined)[], context: Context): Days | null {
  return monthsOf(whichYear(y, which, context), ordinal === "first" ? 0 : 6, 6)
}

function firstMonths([, count, y, which]: readonly (string | undefined)[], context: Context): Days | null {
  return monthsOf(whichYear(y, which, context), 0, number(count) ?? 1)
}

function seasonal([, part, which, name, y, ofYear]: readonly (string | undefined)[], {published, tense}: Context): Days | null {
  const first = name === "spring" ? 2 : name === "summer" ? 5 : name === "winter" ? 11 : 8
  const of = (at: number) => thirdOf(monthsOf(at, name === "winter" && (y || ofYear) ? first - 12 : first, 3), part)
  if (y) return of(Number(y))
  if (!published) return null
  if (ofYear) return of(yearOf(published) + step(ofYear))
  const candidates = [-2, -1, 0, 1].flatMap(by => of(yearOf(published) + by) ?? [])
  const way = which === "this past" ? -1 : step(which)
  if (which === "this") return nearest(candidates, published, tense)
  if (way < 0) return candidates.filter(({to}) => to < published).at(-1) ?? null
  if (way > 0 || tense === "future") return candidates.find(way > 0 ? ({from}) => from > published : ({to}) => to >= published) ?? null
  return candidates.filter(({from}) => from <= published).at(-1) ?? null
}

/** A bare weekday is the last one unless the tense is future; it is today where today is that day. */
function weekly([, which, name]: readonly (string | undefined)[], {published, tense}: Context): Days | null {
  if (!published) return null
  const back = (weekday(published) - weekdays.indexOf(name ?? "") + 7) % 7
  const last = addDays(published, -back)
  const isPast = /past|last|previous/.test(which ?? "")
  if (isPast) return one(back === 0 ? addDays(published, -7) : last)
  if (which === "next") return dayOfWeek(period(published, "week", 1), name)
  if (which === "this") {
    const inWeek = dayOfWeek(period(published, "week", 0), name)
    if (inWeek && tense === "past" && inWeek.from > published) return one(last)
    return inWeek && tense === "future" && inWeek.from < published ? shift(inWeek, 7) : inWeek
  }
  const isAhead = /coming|following/.test(which ?? "") || (!which && tense === "future")
  if (isAhead) return one(addDays(published, back === 0 ? (which ? 7 : 0) : 7 - back))
  return one(last)
}

function dayOfWeek(days: Days | null, name: string | undefined): Days | null {
  return days && one(addDays(days.from, (weekdays.indexOf(name ?? "") + 6) % 7))
}

/** The calendar week, month, quarter, year, decade or century that `at` stands in, or `by` of them further on. */
function period(at: Day, unit: string | undefined, by: number): Days | null {
  const y = yearOf(at)
  if (unit === "week") return {from: addDays(monday(at), by * 7), to: addDays(monday(at), by * 7 + 6)}
  if (unit === "fortnight") return {from: addDays(monday(at), by * 14), to: addDays(monday(at), by * 14 + 13)}
  if (unit === "month") return monthDays(y, monthOf(at) + by)
  if (unit === "quarter") return monthsOf(y, (Math.floor(monthOf(at) / 3) + by) * 3, 3)
  if (unit === "year") return yearDays(y + by)
  const length = unit === "decade" ? 10 : unit === "century" ? 100 : 0
  if (!length) return null
  const start = (Math.floor(y / length) + by) * length
  return span(yearDays(start), yearDays(start + length - 1))
}

/** "earlier this month" ends with the report's day, "later this year" begins with it. */
function partOfPeriod([, part = "", name]: readonly (string | undefined)[], context: Context): Days | null {
  const {published} = context
  const whole = name === "weekend" ? weekend(context, "this") : published && period(published, name, 0)
  if (!whole || !published) return null
  if (part === "earlier") return {from: whole.from, to: published}
  if (part === "later") return {from: published, to: whole.to}
  if (name === "week") return /end|late/.test(part) ? {from: addDays(whole.to, -2), to: whole.to} : {from: whole.from, to: addDays(whole.from, 1)}
  return name === "weekend" ? whole : thirdOf(whole, part)
}

function relativePeriod([, part, which, name]: readonly (string | undefined)[], context: Context): Days | null {
  const {published} = context
  if (!published) return null
  if (name === "weekend") return weekend(context, which)
  const whole = period(published, name, step(which))
  if (name !== "week" || !part) return thirdOf(whole, part)
  return whole && partOfWeek(whole, part)
}

function partOfWeek(whole: Days, part: string): Days {
  if (/early|beginning|start/.test(part)) return {from: whole.from, to: addDays(whole.from, 1)}
  return /mid/.test(part) ? {from: addDays(whole.from, 2), to: addDays(whole.from, 3)} : {from: addDays(whole.from, 4), to: whole.to}
}

/** Saturday and Sunday: the last that have begun, unless the words or the tense look ahead. */
function weekend({published, tense}: Context, which: string | undefined): Days | null {
  if (!published) return null
  const saturday = addDays(published, -((weekday(published) + 1) % 7))
  const isOn = weekday(published) === 6 || weekday(published) === 0
  const isAhead = step(which) > 0 || (!isOn && (tense === "future" || (which === "this" && tense !== "past")))
  const start = isAhead ? addDays(saturday, 7) : which === "last" && isOn ? addDays(saturday, -7) : saturday
  return {from: start, to: addDays(start, 1)}
}

function moved(at: Day, count: number, unit: string | undefined): Day {
  if (unit === "hour") return addDays(at, Math.trunc(count / 24))
  if (unit === "day" || unit === "night") return addDays(at, count)
  if (unit === "week" || unit === "fortnight") return addDays(at, count * (unit === "week" ? 7 : 14))
  const size = unit === "month" ? 1 : unit === "year" ? 12 : unit === "decade" ? 120 : 1200
  const {from, to} = monthDays(yearOf(at), monthOf(at) + count * size)
  const same = `${from.slice(0, 8)}${at.slice(8)}`
  return same > to ? to : same
}

function counted(at: Day, amount: string | undefined, unit: string | undefined, way: 1 | -1): Days | null {
  const count = number(amount)
  return count === null ? null : one(moved(at, way * count, unit))
}

/** "the past two decades", "the next three days". */
function rolling({published}: Context, amount: string | undefined, unit: string | undefined, way: 1 | -1): Days | null {
  const count = number(amount)
  if (!published || count === null) return null
  const edge = moved(published, way * (unit === "hour" ? Math.ceil(count / 24) * 24 : count), unit)
  return way < 0 ? {from: edge, to: published} : {from: published, to: edge}
}

function ago({published}: Context, amount: string | undefined, unit: string | undefined, isRough: boolean): Days | null {
  const count = number(amount)
  if (!published || count === null) return null
  const at = moved(published, -count, unit)
  if (unit === "month" || (isRough && unit === "week")) return period(at, unit, 0)
  return unit === "year" || unit === "decade" || unit === "century" ? period(at, "year", 0) : one(at)
}

/** "in two days" is that day, "within two days" all up to it; both only where something is still to come. */
function ahead(context: Context, amount: string | undefined, unit: string | undefined, isExact: boolean): Days | null {
  const count = number(amount)
  if (context.tense === "past" || !context.published || count === null) return null
  const edge = moved(context.published, unit === "hour" ? Math.ceil(count / 24) * 24 : count, unit)
  if (!isExact) return {from: context.published, to: edge}
  return unit === "month" ? period(edge, unit, 0) : unit === "year" || unit === "decade" ? period(edge, "year", 0) : one(edge)
}

function feast(name: string | undefined, context: Context): Days | null {
  const fixed: Record<string, readonly [string, string]> = {
    christmas: ["25", "december"],
    "christmas day": ["25", "december"],
    "christmas eve": ["24", "december"],
    "new year's eve": ["31", "december"],
    "new year's day": ["1", "january"],
    "new year": ["1", "january"],
    "may day": ["1", "may"],
    "valentine's day": ["14", "february"],
  }
  const [d, m] = fixed[name ?? ""] ?? []
  return dated(d, m, undefined, context)
}

/**
 * The tense of the verb that a time expression goes with: the nearest tense word before it in its clause, else the
 * first one after it. The event's status decides where the words do not.
 */
function tenseAt(at: number, length: number, sentence: string, status: Status | undefined): Tense {
  const told = sentence.replace(monthOfMay, "   ")
  const before = at < 0 ? "" : told.slice(0, at)
  const after = (at < 0 ? told : told.slice(at + length)).toLowerCase()
  const words = before.split(/[^A-Za-z']+/).filter(Boolean)
  const near = backward(words)
  // What is planned lies ahead, whatever the tense of who plans it; what is feared or demanded does where a deadline is set.
  if (status === "intended" && near !== "unknown" && !isToldThen(before, words)) return "future"
  const isDeadline = /\b(?:by|until|before|from|starting) (?:the )?$/i.test(before) && status === "hypothetical"
  if (isDeadline) return "future"
  if (near !== "unknown") return near
  if (words.length < 4 || /[,;:]\s*(?:on|in|by|at)?\s*$/.test(before)) {
    const next = forward(after.split(/[^a-z']+/).filter(Boolean))
    if (next !== "unknown") return next
  }
  return status === "intended" ? "future" : status === "background" ? "past" : "unknown"
}

/** The month, which is no "may". */
const monthOfMay = /\bMay(?= \d)|(?<=\d )May\b/g

/** Whether the day is that on which somebody said or decided what is planned: "said on Friday it will". */
const isToldThen = (before: string, words: readonly string[]) =>
  /^(?:said|told|announced|warned|added|called|agreed|decided|ordered|promised|vowed|urged|asked)$/i.test(words.at(/\bon $/i.test(before) ? -2 : -1) ?? "")

const futureWords = new Set(
  "will won't shall would may might could can should must due scheduled slated upcoming ahead 'll deadline plans plan planned hopes hope expected expects intends set ultimatum".split(
    " ",
  ),
)
const presentWords = new Set("is are am has have does do says".split(" "))
const pastWords = new Set(
  "was were had did said told met held made took came went began saw gave sent struck hit shot fought won lost left led put struck spoke wrote broke became fell rose led swore sought found flew drove drew brought bought caught taught kept slept read shut hurt burnt heard paid laid".split(
    " ",
  ),
)
const notVerbs = new Set(
  "the a an his her its their this that these those our your my united need indeed speed seed feed breed bed red hundred armed alleged unarmed wounded so-called".split(
    " ",
  ),
)

/** Walks back from the expression to the nearest word that carries tense. */
function backward(told: readonly string[]): Tense {
  const words = told.map(word => word.toLowerCase())
  for (let at = words.length - 1; at >= 0 && at > words.length - 14; at--) {
    const word = words[at] ?? ""
    const previous = words[at - 1] ?? ""
    // "to Kolkata" and "to hospitals" are no verbs.
    const isInfinitive = previous === "to" && !pastWords.has(word) && !notVerbs.has(word) && !/^[A-Z]|[^s]s$/.test(told[at] ?? "")
    if (previous === "be" || isInfinitive) {
      if (previous === "be") continue
      if (at > 0 && !/^(?:[a-z]*ed|was|were|had)$/.test(word)) return "future"
    }
    if (word === "not" || word === "been") continue
    const isPassive = presentWords.has(previous) && /^(?:set|due|scheduled|planned|expected|slated|hoped|to)$/.test(word)
    // "the fishing plans" are no verb.
    if (/^(?:plans?|hopes?)$/.test(word) && words[at + 1] !== "to") continue
    // "was expected to end on December 15": before or after, whichever is nearer.
    if (/^(?:was|were)$/.test(previous) && /^(?:due|scheduled|expected|slated|planned)$/.test(word)) return "unknown"
    if (futureWords.has(word) && (isPassive || !/^(?:plan|planned|set|expected|hope)$/.test(word) || word === "expected")) return "future"
    if (/ing$/.test(word) && (previous === "is" || previous === "are" || previous === "be")) return "future"
    if (pastWords.has(word) || (/[a-z]{2}ed$/.test(word) && !notVerbs.has(word))) return previous === "has" || previous === "have" ? "unknown" : "past"
  }
  return "unknown"
}

function forward(words: readonly string[]): Tense {
  for (let at = 0; at < words.length && at < 14; at++) {
    const word = words[at] ?? ""
    if (/^(?:will|shall|'ll|would|may)$/.test(word)) return "future"
    const next = words[at + 1] === "been" ? words[at + 2] : words[at + 1]
    if (/^(?:is|are|has|have)$/.test(word) && /^(?:to|due|set|scheduled|expected|slated|planned)$/.test(next ?? "") && !(next === "to" && /^ha/.test(word)))
      return "future"
    if (pastWords.has(word) || /^(?:has|have)$/.test(word) || (/[a-z]{2}ed$/.test(word) && !notVerbs.has(word))) return "past"
  }
  return "unknown"
}
