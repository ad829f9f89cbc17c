import type {Actor, EventRecord} from "../0-records/index.ts"
import {cameoCode, countryCodes} from "./crosswalk.ts"
import {addedOn, type Dated, datedDeeds, dealsOf, keyOf, numbering, type Pair, pairsOf, tabbed} from "./deeds.ts"
import type {Layout, LayoutOptions} from "./layout.ts"

/** GDELT 2.0 Events: 61 columns, no header. Columns: docs/export.md. */
export const gdelt: Layout = {
  name: "gdelt",
  about: "GDELT 2.0 Events, 61 columns: an ordered pair of sides a row",
  ending: "gdelt.tsv",
  media: "text/tab-separated-values",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  write: (rows, options) => events(datedDeeds(rows, options), options, true),
}

/** GDELT 1.0 Events: 58 columns, no header. */
export const gdelt1: Layout = {
  name: "gdelt1",
  about: "GDELT 1.0 Events, 58 columns",
  ending: "gdelt1.tsv",
  media: "text/tab-separated-values",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  write: (rows, options) => events(datedDeeds(rows, options), options, false),
}

/** GDELT 2.0 Mentions: 16 columns, no header; ids are those of `gdelt`. */
export const gdeltMentions: Layout = {
  name: "gdelt-mentions",
  about: "GDELT 2.0 Mentions, 16 columns, beside gdelt",
  ending: "gdelt-mentions.tsv",
  media: "text/tab-separated-values",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, options) {
    const number = numbering()
    for await (const deed of datedDeeds(rows, options)) {
      const deals = dealsOf(deed)
      for (const mention of deed.mentions) {
        for (const pair of pairsOf(mention)) {
          const deal = deals.find(({actor, recipient}) => covers(actor, pair.actor) && covers(recipient, pair.recipient))
          if (!deal) continue
          options.wrote?.(1)
          yield tabbed(mentionRow(number.pair(deed, deal), deed, mention, pair))
        }
      }
    }
  },
}

const covers = (deal: Actor | null, side: Actor | null) => side === null || keyOf(deal) === keyOf(side)

async function* events(deeds: AsyncIterable<Dated>, {wrote}: LayoutOptions, isSecond: boolean): AsyncGenerator<string> {
  const number = numbering()
  for await (const deed of deeds) {
    const pairs = dealsOf(deed)
    wrote?.(pairs.length)
    for (const pair of pairs) yield tabbed(eventRow(number.pair(deed, pair), deed, pair, isSecond))
  }
}

function eventRow(id: number, {head, mentions, day}: Dated, {actor, recipient}: Pair, isSecond: boolean): (string | number | null)[] {
  const cameo = cameoCode(head.cameo)
  const [year = "", month = "", date = ""] = day.split("-")
  return [
    id,
    year + month + date,
    year + month,
    year,
    (Number(year) + ((Number(month) - 1) * 30 + Number(date)) / 365).toFixed(4),
    ...sideColumns(actor),
    ...sideColumns(recipient),
    mentions.some(({sentence}) => sentence.index === 0) ? 1 : 0,
    cameo.code,
    cameo.base,
    cameo.root,
    cameo.quad,
    cameo.goldstein.toFixed(1),
    mentions.length,
    new Set(mentions.map(({report}) => report.publisher ?? report.id)).size,
    new Set(mentions.map(({report}) => report.id)).size,
    "",
    ...nowhere(isSecond),
    ...nowhere(isSecond),
    ...geo(head, isSecond),
    stamp(head, isSecond),
    head.report.url ?? head.report.id,
  ]
}

/** The day it came into the store, else the publication day, at midnight: no other clock is kept. */
function stamp(mention: EventRecord, isSecond: boolean): string {
  const day = addedOn(mention)
  return day ? day.replaceAll("-", "") + (isSecond ? "000000" : "") : ""
}

/** Code, name, country, known group, ethnic group, two religions, three roles. */
function sideColumns(side: Actor | null): string[] {
  if (!side) return Array.from({length: 10}, () => "")
  const country = side.country === "IGO" ? "" : (countryCodes(side.country)?.cameo ?? side.country ?? "")
  const role = side.sector ?? (side.country === "IGO" ? "IGO" : "")
  return [country + role, side.name.toUpperCase(), country, "", "", "", "", role, "", ""]
}

/** A place that is not known: type 0; the second version has a column for ADM2. */
const nowhere = (isSecond: boolean) => [0, "", "", "", ...(isSecond ? [""] : []), "", "", ""]

/** Only the event's own place is known; where an actor is, is never guessed. */
function geo({place}: EventRecord, isSecond: boolean): (string | number | null)[] {
  const country = countryCodes(place?.country ?? null)
  const isAmerican = place?.country === "USA"
  const types = {country: 1, region: isAmerican ? 2 : 5, city: isAmerican ? 3 : 4, point: isAmerican ? 3 : 4, sea: 0, unknown: 0}
  const type = place ? types[place.level] : 0
  if (!place || type === 0) return nowhere(isSecond)
  const name = country && country.name !== place.name ? `${place.name}, ${country.name}` : place.name
  const fips = country?.fips ?? ""
  return [type, name, fips, type === 1 ? fips : "", ...(isSecond ? [""] : []), place.lat, place.lon, type === 1 ? fips : ""]
}

function mentionRow(id: number, {head}: Dated, mention: EventRecord, {actor, recipient}: Pair): (string | number | null)[] {
  const {report, sentence, trigger, confidence} = mention
  const source = report.publisher ?? ""
  const percent = Math.max(10, Math.round(confidence * 10) * 10)
  return [
    id,
    stamp(head, true),
    stamp(mention, true),
    report.url ? 1 : 6,
    source,
    report.url ?? report.id,
    sentence.index + 1,
    actor?.start ?? -1,
    recipient?.start ?? -1,
    trigger.start,
    1,
    percent,
    "",
    "",
    "",
    "",
  ]
}
