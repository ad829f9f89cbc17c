import {createHash} from "node:crypto"
import {CoderError, type Day, type Place, type Problem, problemOf, type Report, type Source} from "../0-records/index.ts"
import {isBoilerplate, isSentence, withoutBoilerplate} from "./boilerplate.ts"
import {settle} from "./characters.ts"
import {findDateline} from "./dateline.ts"
import {guessLanguage} from "./language.ts"
import {withoutMarkdown} from "./markdown.ts"
import {type Page, readPage} from "./page.ts"
import {paragraphsOf} from "./paragraphs.ts"
import {readDay} from "./published.ts"

export {withLanguage} from "./language.ts"

/**
 * Settles a source into a report: boilerplate off, characters settled, title and day found. From here the text never changes.
 *
 * @throws CoderError `input-too-large` past 5 MiB, `input-unreadable` for a page that no parser can hold,
 *   `text-empty` where no word is left, `language-not-english` where 200 characters or more are in another language
 */
export function clean(source: Source): Report {
  const place = {...source.place, ...(source.id === undefined ? {} : {report: source.id})}
  const size = (source.html ?? source.text ?? "").length
  if (size > mostCharacters) throw new CoderError("input-too-large", `Cannot clean a report of ${size} characters: expected at most ${mostCharacters}`, place)
  const found: Partial<Page> & Pick<Page, "lines"> = source.html === undefined ? {lines: source.text ?? ""} : readPage(source.html, place)
  const {title, paragraphs, all} = body(settle(found.lines), oneLine(source.title ?? found.title), source.html === undefined)
  const text = paragraphs.map(paragraph => `${paragraph}\n`).join("")
  if (!/\p{L}{2}/u.test(text)) throw new CoderError("text-empty", "Cannot clean the report: found no sentence, expected at least one", place)
  const problems: Problem[] = []
  const language = guessLanguage(text)
  // A headline without function words tells of no language; there is no guess to tell.
  const isSilent = !language.isSure && language.english === 0 && language.other === 0 && !/[^\p{Script=Latin}\P{L}]/u.test(text)
  if (!language.isEnglish && !isSilent) {
    const message = `Cannot take the text for English: ${percent(language.english)} of its words are function words of English and ${percent(language.other)} of other languages${language.isSure ? "" : "; it is coded, but the model reads English only"}`
    if (language.isSure) throw new CoderError("language-not-english", message, place)
    problems.push({code: "language-not-english", message, place, isWarning: true})
  }
  const dateline = findDateline(text)
  const published = publishedOn(source.published ?? found.published ?? dateline?.date ?? source.publishedDefault, place, problems)
  const url = source.url ?? found.url ?? null
  const publisher = oneLine(source.publisher ?? found.publisher) ?? dateline?.agency ?? null
  const id =
    source.id ??
    createHash("sha256")
      .update(JSON.stringify([url, publisher, published, text]))
      .digest("hex")
      .slice(0, 16)
  return {
    id,
    title,
    url,
    publisher,
    published,
    text,
    dateline: dateline?.span ?? null,
    dropped: leftOut(found.all === undefined ? all : paragraphsOf(settle(found.all), isBoilerplate), paragraphs, title),
    problems,
  }
}

/** Most paragraphs that are told of those left out, and most characters of each. */
const mostDropped = {paragraphs: 200, characters: 600} as const

/** Most paragraphs that are looked at for what was left out: each is sought in all of the text. */
const mostSought = 1000

/** What stands neither in the text nor in the title, each once; of a paragraph that was cut, what was cut off. */
function leftOut(all: readonly string[], kept: readonly string[], title: string | null): string[] {
  const [text, whole] = [kept.join("\n"), new Set(kept)]
  const others = all.filter(paragraph => !whole.has(paragraph)).slice(0, mostSought)
  const left = others.map(paragraph => {
    if (text.includes(paragraph) || (title !== null && isSameTitle(paragraph, title))) return ""
    const cut = kept.find(one => paragraph.startsWith(one))
    return cut === undefined ? paragraph : paragraph.slice(cut.length).trim()
  })
  return [...new Set(left.filter(paragraph => /[\p{L}\p{N}]/u.test(paragraph)).map(paragraph => paragraph.slice(0, mostDropped.characters)))].slice(
    0,
    mostDropped.paragraphs,
  )
}

const percent = (share: number) => `${Math.round(share * 100)}%`

/** Most characters of one report, markup included. */
const mostCharacters = 5 * 1024 * 1024

/** Title, paragraphs and all that there was of a settled text. The title is the given one, else, in plain text, the first line where that is no sentence and stands alone. */
function body(settled: string, given: string | null, isPlain: boolean): {title: string | null; paragraphs: readonly string[]; all: readonly string[]} {
  const lines = withoutMarkdown(settled).trim()
  const isStray = (line: string) => isBoilerplate(line) && !isSentence(line)
  const paragraphs = paragraphsOf(lines, isBoilerplate)
  if (given !== null)
    return {title: given, paragraphs: withoutBoilerplate(paragraphs.filter((paragraph, at) => at > 2 || !isSameTitle(paragraph, given))), all: paragraphs}
  const at = paragraphs.findIndex(paragraph => !isStray(paragraph))
  const first = paragraphs[at]
  const isTitle = isPlain && first !== undefined && at + 1 < paragraphs.length && isHeadline(first) && standsAlone(lines, first)
  return {title: isTitle ? first : null, paragraphs: withoutBoilerplate(isTitle ? paragraphs.slice(at + 1) : paragraphs), all: paragraphs}
}

const isHeadline = (line: string) => line.length <= 250 && !/[.!?…:;,–—-]["”’)\]]*$/.test(line)

/** Whether an empty line follows `line` where it first stands. */
function standsAlone(text: string, line: string): boolean {
  const at = text.indexOf(line)
  return at >= 0 && /^\s*\n\s*\n/.test(text.slice(at + line.length, at + line.length + 200))
}

/** Whether a paragraph repeats the title, whatever marks and case they use, and whether or not the outlet's name follows it. */
function isSameTitle(paragraph: string, title: string): boolean {
  const [one, other] = [paragraph, title].map(text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""))
  if (!one || !other) return false
  return one === other || (one.length > 20 && paragraph.length <= 300 && other.startsWith(one))
}

function publishedOn(written: string | undefined, place: Place, problems: Problem[]): Day | null {
  if (written === undefined || written.trim() === "") return null
  try {
    return readDay(written)
  } catch (error) {
    if (!(error instanceof CoderError)) throw error
    problems.push({...problemOf(error, place), isWarning: true})
    return null
  }
}

/** A title or name on one line; feeds put tags into titles. */
function oneLine(text: string | undefined): string | null {
  const plain = settle(text ?? "").replace(/<\/?[a-zA-Z][^<>]{0,200}>|[\s]+/g, found => (found.startsWith("<") ? "" : " "))
  return plain.trim() || null
}
