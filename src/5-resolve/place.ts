import type {EventPlace} from "../0-records/index.ts"
import {type Knowledge, keyOf, type Named, type NamedPlace, plain} from "./knowledge.ts"

/** Where a phrase says something is. */
export type Located = Omit<EventPlace, "text" | "start" | "end">

/** What helps to tell namesakes apart: countries of the report, the one told of most first; ISO 3166 alpha-3. */
export type Near = {readonly countries: readonly string[]}

/**
 * Finds the place that a phrase names: countries, seas and continents before regions before cities. A country in the
 * phrase itself decides between namesakes ("Paris, Texas"), then the report's, then the number of people.
 *
 * Coordinates are given for cities only; a country is never drawn as a point.
 *
 * @returns level "unknown" where no name in it is known; a place is never guessed from who acts in it
 */
export function locate(text: string, knowledge: Knowledge, near: Near = {countries: []}): Located {
  const unknown: Located = {name: text, country: null, lat: null, lon: null, level: "unknown"}
  const possessive = /['’]s\s/.test(text) ? named(text, knowledge, near, {country: null, region: null}) : undefined
  if (possessive) return possessive
  const parts = text
    .replace(/[“”"()]/g, " ")
    .replace(/['’]s\b/g, ",")
    .replace(/(?<=^\p{Lu}\S*(?: \p{Lu}\S*)*) in (?:the )?(?=\p{Lu})/u, ", ")
    .split(/\s*,\s*/)
    .map(part => part.trim())
    .filter(Boolean)
  if (/\bborders?\b/.test(text)) return border(text, knowledge) ?? unknown
  const first = parts[0] ?? ""
  const within = withinOf(parts.slice(1), first, knowledge)
  return (
    whole(first, knowledge, near, within) ??
    inside(first, knowledge, near, within) ??
    (parts.length > 1 ? firstOf(parts.slice(1), knowledge, near, within) : undefined) ??
    unknown
  )
}

/** The country, and in the USA the state, that the later parts of "Long Beach, California" name. */
type Within = {readonly country: string | null; readonly region: string | null}

const compass =
  /^(?:(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower|greater|far|north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|mid|inner|occupied|rural|mainland|downtown|coastal|war-torn|nearby|rebel-held|government-held|its|his|their|all|much|most|parts?|the|of|in|near|outside|around|off|at|across|from|inside|just)[\s-]+)+/i
const ofKind =
  /^(?:the\s+)?(?:\S+\s+){0,3}?(?:city|town|village|capital|port|province|region|district|state|island|islands|area|areas|suburb|suburbs|coast|outskirts|streets?|centre|center|heart|parts|part|north|south|east|west|municipality|governorate|territory|county|republic|kingdom|neighbou?rhood|gulf|waters|airport|embassy|prison)\s+(?:of|in|near|at|off)\s+(?:the\s+)?/i
const suffix =
  /\s+(?:city|town|village|province|region|oblast|krai|state|governorate|district|county|prefecture|department|canton|municipality|territory|area|airport|port|international airport|strip|island|islands|peninsula|suburb|capital)$/i
const largeSuffix = /\s(?:province|region|oblast|krai|state|governorate|district|county|prefecture|department|canton|territory|area)$/i

/** What stands before the name of a water or a mountain: Lake Victoria lies in no Australian state, and Mount Sinai in no city. */
const beforeNature = /(?:^|\s)(?:Lake|Lough|Loch|Mount|Mt\.?|River|Cape|(?:Strait|Gulf|Bay) of) $/

function whole(text: string, knowledge: Knowledge, near: Near, within: Within): Located | undefined {
  const exact = named(text, knowledge, near, within) ?? named(text.replace(/^the\s+/i, ""), knowledge, near, within)
  if (exact) return exact
  const bare = text.replace(ofKind, "").replace(compass, "").trim()
  if (bare && bare !== text && !beforeNature.test(text.slice(0, -bare.length))) {
    const found = named(bare, knowledge, near, within)
    if (found) return found.level === "country" ? {...found, name: text.replace(/^the\s+/i, ""), level: isWhole(text) ? "country" : "region"} : found
  }
  const short = (bare || text).replace(suffix, "").trim()
  if (short === (bare || text)) return undefined
  const found = named(short, knowledge, near, within)
  return found && largeSuffix.test(bare || text) && found.level === "city"
    ? {name: bare || text, country: found.country, lat: null, lon: null, level: "region"}
    : found
}

/** Whether the words before a country's name only say what it is: "Republic of Malta", not "north of Malta". */
const isWhole = (text: string) =>
  /^(?:(?:the|all|of|in|across|from|republic|kingdom|state|nearby|its|war-torn|much)[\s-]+)+\S/i.test(text) &&
  !/\b(?:north|south|east|west|central|part|parts|area|coast)/i.test(text)

function named(text: string, knowledge: Knowledge, near: Near, within: Within): Located | undefined {
  const key = keyOf(text)
  const names = (knowledge.names.get(key) ?? []).filter(one => isSpelt(one, text))
  const country = names.find(({as}) => as === "country")
  const region = regionOf(names, near, within)
  const cities = knowledge.cities(key).filter(() => /^\p{Lu}|^al-/u.test(text))
  if (within.country || within.region) {
    const city = cities.find(one => isWithin(one, within))
    if (city) return ofCity(city)
    if (region && region.country === within.country) return ofRegion(region)
  }
  const isState = near.countries[0] === "USA" && states[key] && country && !near.countries.includes(country.country ?? "")
  if (isState) return {name: text, country: "USA", lat: null, lon: null, level: "region"}
  if (country) return {name: country.name, country: country.country, lat: null, lon: null, level: "country"}
  const city = within.country ? undefined : likeliest(cities, near)
  if (region && !(city && isLarge(city) && region.level === "state" && city.country !== region.country))
    return city && region.level !== "sea" && prefersCity(city, region) ? ofCity(city) : ofRegion(region)
  return city && ofCity(city)
}

/** Capitals in the table must stand as capitals in the text: "Mali", not "mali". */
const isSpelt = ({form}: Named, text: string) => /^\P{Lu}/u.test(form) || /^\p{Lu}/u.test(plain(text))

function regionOf(names: readonly Named[], near: Near, within: Within): Named | undefined {
  const regions = names.filter(({as}) => as === "region")
  return (
    regions.find(one => one.country && one.country === within.country) ?? regions.find(one => one.country && near.countries.includes(one.country)) ?? regions[0]
  )
}

const isLarge = ({population}: NamedPlace) => population >= 1_000_000
/** Of a city and a region of one name and country, the region is meant only where the city is a small one ("Idlib" is the city, "Bali" the island). */
const prefersCity = (city: NamedPlace, region: Named) => city.country === region.country && city.population >= 30_000

function isWithin(city: NamedPlace, {country, region}: Within): boolean {
  return city.country === country && (region === null || city.state === null || states[region] === city.state)
}

/** A city of the report's countries is believed before a namesake abroad unless that has fifteen times as many people. */
function likeliest(cities: readonly NamedPlace[], near: Near): NamedPlace | undefined {
  const largest = cities[0]
  for (const country of near.countries) {
    const home = cities.find(city => city.country === country)
    if (home && largest && home.population * 15 >= largest.population) return home
  }
  return largest
}

function ofCity({name, country, lat, lon}: NamedPlace): Located {
  return {name, country, lat, lon, level: "city"}
}

function ofRegion({name, country, level}: Named): Located {
  return {name, country, lat: null, lon: null, level: level === "sea" ? "sea" : "region"}
}

/** The longest known name inside a phrase: "Copenhagen" of "a square in Copenhagen". Small towns are left out, since any word may be one. */
function inside(text: string, knowledge: Knowledge, near: Near, within: Within): Located | undefined {
  const tokens = text.split(/[\s/]+/)
  const isCapital = (token: string | undefined) => !!token && /^\p{Lu}|^al-/u.test(token)
  for (let length = Math.min(4, tokens.length - 1); length > 0; length--) {
    for (let at = tokens.length - length; at >= 0; at--) {
      if (!isCapital(tokens[at]) || !isCapital(tokens[at + length - 1]) || beforeNature.test(`${tokens.slice(0, at).join(" ")} `)) continue
      const words = tokens.slice(at, at + length).join(" ")
      const found = named(words, knowledge, near, within)
      const isKnown =
        found && (found.level !== "city" || knowledge.cities(keyOf(words)).some(({population, lat}) => population >= 100_000 && lat === found.lat))
      if (isKnown) return found.level === "country" ? {...found, name: text, level: "region"} : found
    }
  }
  return undefined
}

function firstOf(parts: readonly string[], knowledge: Knowledge, near: Near, within: Within): Located | undefined {
  for (const part of parts) {
    const found = whole(part, knowledge, near, within)
    if (found) return found
  }
  return undefined
}

function withinOf(parts: readonly string[], first: string, knowledge: Knowledge): Within {
  let region: string | null = null
  for (const part of parts) {
    const names = (knowledge.names.get(keyOf(part)) ?? []).filter(one => isSpelt(one, part))
    const state = names.find(one => one.as === "region" && one.country === "USA" && one.level === "state")
    const country = names.find(one => one.as === "country")
    const inState = state && ({country: "USA", region: keyOf(state.name)} as const)
    // "Tbilisi, Georgia" is no town of the state.
    if (inState && (!country || knowledge.cities(keyOf(first)).some(city => isWithin(city, inState)))) return inState
    if (country) return {country: country.country, region}
    const province = names.find(one => one.as === "region" && one.country)
    if (province) return {country: province.country, region: null}
    const code = Object.entries(states).find(([, letters]) => letters === part)?.[0] ?? null
    if (code) return {country: "USA", region: code}
    region = null
  }
  return {country: null, region}
}

/** "the border with Mali", "Israel-Lebanon border": between countries, so in none. */
function border(text: string, knowledge: Knowledge): Located | undefined {
  const known = text
    .split(/[\s–-]+/)
    .some(word => knowledge.names.get(keyOf(word))?.some(({as, form}) => (as === "country" || as === "nationality") && /^\p{Lu}/u.test(form)))
  return known ? {name: text, country: null, lat: null, lon: null, level: "region"} : undefined
}

/** USPS codes, for "Springfield, IL" and for cities of the table. */
const states: Record<string, string> = Object.fromEntries(
  "alabama AL,alaska AK,arizona AZ,arkansas AR,california CA,colorado CO,connecticut CT,delaware DE,district of columbia DC,florida FL,georgia GA,hawaii HI,idaho ID,illinois IL,indiana IN,iowa IA,kansas KS,kentucky KY,louisiana LA,maine ME,maryland MD,massachusetts MA,michigan MI,minnesota MN,mississippi MS,missouri MO,montana MT,nebraska NE,nevada NV,new hampshire NH,new jersey NJ,new mexico NM,new york NY,north carolina NC,north dakota ND,ohio OH,oklahoma OK,oregon OR,pennsylvania PA,rhode island RI,south carolina SC,south dakota SD,tennessee TN,texas TX,utah UT,vermont VT,virginia VA,washington WA,west virginia WV,wisconsin WI,wyoming WY"
    .split(",")
    .map(entry => [entry.slice(0, -3), entry.slice(-2)]),
)
