import type {Days, Identity, Marks, Report, Resolved, Sentence, Status} from "../0-records/index.ts"
import {identify} from "./actor.ts"
import {borrow} from "./borrow.ts"
import {type Naming, refer} from "./coreference.ts"
import {readDate} from "./date.ts"
import {byDeeds} from "./deed.ts"
import {atHome, type CountryWord, countriesOf} from "./home.ts"
import {type Knowledge, keyOf, type Named} from "./knowledge.ts"
import {findNames, wordsOf} from "./names.ts"
import {type Located, locate} from "./place.ts"
import {speakersOf} from "./speaker.ts"
import {isBodyWord} from "./wording.ts"

export {identify} from "./actor.ts"
export {readDate} from "./date.ts"
export {type CountryGroup, openGroups} from "./groups.ts"
export {type Knowledge, keyOf, openKnowledge} from "./knowledge.ts"
export {officesOf} from "./office.ts"
export {ownRows, withOwn} from "./own.ts"
export {locate} from "./place.ts"

/**
 * Says of every mark of a report whom, when and where it means. Nothing is guessed: what neither the report nor the
 * tables tell is `null`.
 *
 * Linear in the number of marks. The same report, marks and tables always give the same answer.
 */
export function resolve(report: Report, sentences: readonly Sentence[], marks: Marks, knowledge: Knowledge): Resolved {
  const speakers = speakersOf(marks)
  const words = countryWords(report.text, knowledge)
  const title = countryWords(report.title ?? "", knowledge).map(({country}) => country)
  const dateline = datelineOf(report, knowledge)?.country ?? null
  const naming = namingOf(report, {told: [...title, ...words.map(({country}) => country)], dateline}, knowledge)
  const reference = byDeeds(refer(report, marks, speakers, naming), report.text, marks)
  const countries = countriesOf(reference.identities).map(([country]) => country)
  const places = placesOf(report, marks, knowledge, countries)
  const {entities, identities} = atHome(reference, {text: report.text, places, marks, sentences, words, title, dateline})
  return {
    entities,
    identities,
    days: daysOf(report, sentences, marks),
    places,
    speakers,
    borrowed: borrow(report, sentences, marks, {entities, identities, speakers}),
  }
}

/** The countries that the words of a text name: countries, capitals, regions and nationalities, and of organisations those whose own country opens their name ("the Philippine Coast Guard"). */
function countryWords(text: string, knowledge: Knowledge): CountryWord[] {
  const words = wordsOf(text)
  const landOf = (meaning: readonly Named[]) => {
    const [{country, as} = {country: null, as: null}] = meaning
    return country !== null && country !== "IGO" && as !== "organisation" && as !== "people" ? country : null
  }
  return findNames(words, knowledge).flatMap(({first, last, meaning}) => {
    const opening = meaning[0]?.as === "organisation" && last - first > 1 ? findNames(words.slice(first, first + 1), knowledge)[0]?.meaning : undefined
    const country = opening ? landOf(opening) : landOf(meaning)
    return country !== null && (!opening || country === meaning[0]?.country) ? [{country, at: words[first]!.start}] : []
  })
}

/** Where the agency says that the report was written. */
function datelineOf({text, dateline}: Report, knowledge: Knowledge): Located | null {
  const place = dateline && /^[\p{L}.' -]+/u.exec(text.slice(dateline.start, dateline.end))?.[0].trim()
  return place
    ? locate(
        place.replace(/\p{L}+/gu, word => word.slice(0, 1) + word.slice(1).toLowerCase()),
        knowledge,
      )
    : null
}

/** Countries that the words of a report name, those of its title first, and that of its dateline. */
type Setting = {readonly told: readonly string[]; readonly dateline: string | null}

/** Asks the tables once for each phrase of the report. */
function namingOf({title, published}: Report, {told, dateline}: Setting, knowledge: Knowledge): Naming {
  const known = new Map<string, Identity | undefined>()
  const country = dateline ?? mostOf(told)
  const isTold = new Set(told)
  const identified = (text: string) => {
    if (!known.has(text)) {
      const found = identify({text, date: published, ...(title && {context: title}), setting: country}, knowledge)
      const isAway = country !== null && found?.country && found.country !== country && !isTold.has(found.country)
      // "Trades Union Congress" is Britain's only where the report tells of Britain.
      known.set(text, isAway && isGenericBody(found, text) ? {...found, country: null, code: found.sector, basis: "stated"} : found)
    }
    return known.get(text)
  }
  return {
    identify: identified,
    country: code => knowledge.countries.get(code)?.name,
    gender: name => knowledge.genders.get(keyOf(name)) ?? null,
  }
}

function mostOf(list: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

/** Whether a body's name is one that bodies of many countries bear: all its words say what it is. */
const isGenericBody = ({kind, country, basis}: Identity, text: string) =>
  basis === "known" &&
  country !== "IGO" &&
  kind !== "person" &&
  kind !== "country" &&
  / /.test(text.trim()) &&
  !/^(?:the )?united states\b/i.test(text) &&
  text
    .toLowerCase()
    .split(/[\s-]+/)
    .every(word => isBodyWord(word) || ofBodies.has(word.replace(/['’]/g, "")))

/** What bodies are for, of or like, without their apostrophes. */
const ofBodies = new Set(
  `the of for and in trade trades labor labour worker workers people peoples national general central federal supreme constitutional high democratic republican socialist social liberal
  conservative communist christian green progressive popular united new free security state reserve election elections electoral human rights anti corruption anticorruption intelligence border
  coast air commerce teacher teachers farmer farmers student students women womens youth freedom justice development reform unity patriotic first medical bar`.split(
    /\s+/,
  ),
)

/** Time mentions in text order; each may count from the one told before it. */
function daysOf(report: Report, sentences: readonly Sentence[], marks: Marks): Resolved["days"] {
  const statuses = new Map<number, Status>()
  for (const {dates, status} of marks.triggers) {
    // The day of something done and of what is planned is that of what was done.
    for (const {mention} of dates) if (!statuses.has(mention) || statuses.get(mention) === "intended") statuses.set(mention, status)
  }
  let told: Days | null = null
  return marks.mentions.map((mark, index) => {
    if (mark.kind !== "time") return null
    const sentence = sentences[mark.sentence]
    const status = statuses.get(index)
    const start = sentence?.start ?? mark.start
    const found = readDate(report.text.slice(mark.start, mark.end), {
      published: report.published,
      sentence: report.text.slice(start, sentence?.end ?? mark.end),
      at: mark.start - start,
      told,
      ...(status && {status}),
    })
    if (found && found.days.from === found.days.to) told = found.days
    return found
  })
}

/** Places, and actors that an event happens at. */
function placesOf(report: Report, marks: Marks, knowledge: Knowledge, countries: readonly string[]): Resolved["places"] {
  const stages = new Set(marks.triggers.flatMap(({places}) => places.map(({mention}) => mention)))
  return marks.mentions.map((mark, index) => {
    const isPlace = mark.kind === "place" || (mark.kind === "actor" && stages.has(index))
    return isPlace ? locate(report.text.slice(mark.start, mark.end), knowledge, {countries}) : null
  })
}
