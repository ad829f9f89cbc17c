import type {Identity, Marks, Report, Resolved} from "../0-records/index.ts"
import type {Reference} from "./coreference.ts"

/**
 * Sectors whose members belong to the country that a report is about, unless it says otherwise: police, courts,
 * parliaments, parties, protesters, workers and civilians. Right for 0.89 to 1.00 of them in reports of which one country
 * makes up at least seven tenths of all that are told of (measured on the annotated corpus).
 */
const domestic = new Set(["COP", "JUD", "LEG", "OPP", "PRO", "CVL", "LAB", "PTY"])
/** The same for reports that tell of one country only: 0.89 to 1.00. Rebels and companies are right less often, so they stay unknown. */
const official = new Set([...domestic, "GOV", "MIL"])
/** The share of the report's countries that makes one its chief country. */
const chiefShare = 0.7

/**
 * Gives "the police" and "parliament" the country that the report is about, where nothing says another.
 *
 * @param places  countries of the report's places and dateline count as told of
 */
export function atHome(reference: Reference, places: Resolved["places"]): Reference {
  const counts = countriesOf(reference.identities, places)
  const [chief, count = 0] = counts[0] ?? []
  const all = counts.reduce((sum, [, one]) => sum + one, 0)
  if (chief === undefined || count < all * chiefShare) return reference
  const belonging = counts.length === 1 ? official : domestic
  const identities = reference.identities.map(list => list.map(identity => (isHomeless(identity, belonging) ? settled(identity, chief) : identity)))
  return {...reference, identities}
}

/** Countries told of with how often, the most frequent first. */
export function countriesOf(identities: Reference["identities"], places: Resolved["places"] = []): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const one of [...identities.flat(), ...places]) {
    const country = one?.country
    if (country && country !== "IGO") counts.set(country, (counts.get(country) ?? 0) + 1)
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

function isHomeless({country, sector, kind}: Identity, belonging: ReadonlySet<string>): boolean {
  return country === null && sector !== null && belonging.has(sector) && kind !== "igo"
}

function settled(identity: Identity, country: string): Identity {
  return {...identity, country, code: `${country}${identity.sector ?? ""}`, basis: "resolved"}
}
