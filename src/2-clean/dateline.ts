import type {Span} from "../0-records/index.ts"

/** A dateline with the agency that it names, and its date where that has a year: "SEOUL, 17 September 2019 (Yonhap) —". */
export type Dateline = {readonly span: Span; readonly agency: string | null; readonly date: string | null}

/**
 * Finds the dateline at the start of a report's text.
 *
 * A dateline is a place in capitals, or a place followed by a region, a date or an agency, then a dash or colon, then
 * a sentence. A place in capitals with a colon is none where other paragraphs start so too: that is a transcript.
 *
 * @param text  the settled text; paragraphs end with line feeds
 * @returns `null` where the text starts with none
 */
export function findDateline(text: string): Dateline | null {
  const first = text.slice(0, reach).split("\n", 1)[0] ?? ""
  const [whole = "", head = ""] = opening.exec(first) ?? []
  if (!whole || labels.test(head)) return null
  const rest = first.slice(whole.length)
  if (!/^["“‘'(]*[\p{Lu}\p{N}]/u.test(rest)) return null
  const {place, region, date, agency} = shape.exec(head)?.groups ?? {}
  if (!place && !agency) return null
  const inCapitals = /^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$/u.test((place ?? "").replace(/\b(?:al|el|de|di|du|da|la|le|of)\b/gu, ""))
  if (whole.trimEnd().endsWith(":") && (!inCapitals || isTranscript(text))) return null
  // "Iran — Russia's ally — refused": a second dash closes an aside
  const isAside = !agency && !date && !inCapitals && /\s[—–-]{1,2}\s/.test(rest)
  if (!agency && !inCapitals && !region && !date && !isLonePlace(place ?? "")) return null
  return isAside ? null : {span: {start: 0, end: whole.trimEnd().length}, agency: agency ?? null, date: date && /\d{4}$/.test(date) ? date : null}
}

/** Longer than any dateline with the sentence's first words. */
const reach = 400

/** Up to the first dash or colon that has a space after it, or the stop of an agency in slashes. */
const opening = /^([^—:\n]{2,90}?)(?:\s*(?:—|–(?=\s)|--(?=\s))\s*|\s+[-–]\s+|:\s+|(?<=\/)\.\s+)/u

/** Place, region, date and agency of a dateline. */
const shape = new RegExp(
  String.raw`^(?<place>(?:\p{Lu}[\p{L}.'’-]*|(?:al|el|de|di|du|da|la|le|of)\b)(?:[\s/-]+(?:\p{Lu}[\p{L}.'’-]*|(?:al|el|de|di|du|da|la|le|of)\b)){0,4})?` +
    String.raw`(?<region>,\s*(?!${months()})\p{Lu}[\p{L}.'’ -]{1,30}?)?` +
    String.raw`(?<date>,?\s*(?:${months()}|\p{L}+day,?)?\.?\s*\d{1,2}(?:\s*(?:${months()}))?\.?(?:,?\s*\d{4})?)?` +
    String.raw`\.?\s*(?:[([/](?<agency>\p{Lu}[\p{L}&.'’ /-]{1,40})[)\]/])?$`,
  "u",
)

function months(): string {
  return "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\\p{L}*"
}

/** What stands in a dateline's place and is none. */
const labels =
  /^(?:BREAKING|UPDATE|UPDATED?|WATCH|LIVE|EXCLUSIVE|OPINION|ANALYSIS|CORRECTION|NOTE|PHOTOS?|VIDEO|READ|FILE|FACTBOX|EXPLAINER|HOST|INTERVIEWER|JOURNALIST|REPORTER|QUESTION|ANSWER|Q|A|Note|Update|Analysis|From|Between|On|In|The|An|At)\b/

const isTranscript = (text: string) => /\n[\p{Lu} .'-]{2,40}:\s/u.test(text)

const isLonePlace = (place: string) => /^\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)?$/u.test(place)
