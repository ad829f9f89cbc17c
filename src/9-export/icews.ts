import type {Actor, EventRecord} from "../0-records/index.ts"
import {cameoCode, countryCodes} from "./crosswalk.ts"
import {type Dated, datedDeeds, dealsOf, numbering, type Pair, tabbed} from "./deeds.ts"
import type {Layout} from "./layout.ts"

const header = [
  "Event ID",
  "Event Date",
  "Source Name",
  "Source Sectors",
  "Source Country",
  "Event Text",
  "CAMEO Code",
  "Intensity",
  "Target Name",
  "Target Sectors",
  "Target Country",
  "Story ID",
  "Sentence Number",
  "Publisher",
  "City",
  "District",
  "Province",
  "Country",
  "Latitude",
  "Longitude",
]

/** ICEWS coded event data as on Dataverse: 20 columns with a header. Columns: docs/export.md. */
export const icews: Layout = {
  name: "icews",
  about: "ICEWS event data, 20 columns: what both sides do is told from either side",
  ending: "icews.tab",
  media: "text/tab-separated-values",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, options) {
    const number = numbering()
    yield tabbed(header)
    for await (const deed of datedDeeds(rows, options)) {
      const deals = dealsOf(deed).filter(({actor, recipient}) => actor && recipient)
      if (deals.length === 0) options.leftOut?.("without a recipient or actor")
      for (const pair of mirrored(deed.head, deals)) {
        options.wrote?.(1)
        const {actor, recipient, isHost} = pair
        const id = isHost ? number.pair(deed, {actor: recipient, recipient: actor}, true) : number.pair(deed, pair)
        yield tabbed(row(id, number.report(deed), deed, pair))
      }
    }
  },
}

/** Types that ICEWS tells from either side. */
const mutual = new Set(["CONSULT", "COOPERATE"])

type Told = Pair & {readonly isHost: boolean}

function mirrored({type}: EventRecord, deals: readonly Pair[]): Told[] {
  const name = ({actor, recipient}: Pair) => `${actor?.name}\n${recipient?.name}`
  const known = new Set(deals.map(name))
  return deals.flatMap(pair => {
    const mirror = {actor: pair.recipient, recipient: pair.actor, isHost: true}
    return mutual.has(type) && !known.has(name(mirror)) ? [{...pair, isHost: false}, mirror] : [{...pair, isHost: false}]
  })
}

function row(id: number, story: number, {head, day}: Dated, {actor, recipient, isHost}: Told): (string | number | null)[] {
  // Who is visited hosts: CAMEO 042 and 043 are one visit from either side.
  const {code, label, intensity} = cameoCode(isHost && head.cameo === "042" ? "043" : isHost && head.cameo === "043" ? "042" : head.cameo).icews
  const {place, report, sentence} = head
  return [
    id,
    day,
    ...side(actor),
    label,
    code,
    intensity,
    ...side(recipient),
    story,
    sentence.index + 1,
    report.publisher,
    place?.level === "city" ? place.name : "",
    "",
    place?.level === "region" ? place.name : "",
    countryCodes(place?.country ?? null)?.name ?? "",
    place?.lat ?? "",
    place?.lon ?? "",
  ]
}

/** Name, sectors, country. ICEWS writes the country behind a name that alone would be anybody's: "Police (Kenya)". */
function side(actor: Actor | null): string[] {
  if (!actor) return ["", "", ""]
  const country = countryCodes(actor.country)?.name ?? ""
  const isGeneric = (actor.kind === "group" || actor.kind === "government") && country !== "" && !actor.name.includes(country)
  return [isGeneric ? `${actor.name} (${country})` : actor.name, sectors[actor.sector ?? ""] ?? "", country]
}

/** CAMEO's sectors in the words of ICEWS, as far as they are among those seen in its 2018 sample (reference/actors of the project's sources). */
const sectors: Record<string, string> = {
  GOV: "Government",
  MIL: "Government,Military",
  COP: "Government,Police",
  LEG: "Government,Legislative / Parliamentary",
  JUD: "Government,Judicial",
  SPY: "Government,Intelligence Ministry",
  ELI: "Elite",
  OPP: "Dissident",
  PTY: "Parties",
  REB: "Dissident,Rebel",
  INS: "Dissident,Insurgents",
  SEP: "Dissident,Separatists",
  RAD: "Dissident,Radicals / Extremists / Fundamentalists",
  UAF: "Unidentified Forces",
  PRO: "Protestors / Popular Opposition / Mobs",
  CVL: "General Population / Civilian / Social",
  REF: "Refugees / Displaced",
  BUS: "Business",
  MNC: "Business,Multinational Corporation",
  MED: "Media",
  HLH: "Medical / Health",
  EDU: "Education",
  LAB: "Labor",
  AGR: "Agricultural",
  CRM: "Criminals / Gangs",
  NGO: "Nongovernmental Organizations / Activists",
  IGO: "International Government Organization",
}

/** The CAMEO role that ICEWS's words mean; `null` where they are none of the above. */
export function sectorOf(words: string): string | null {
  return Object.entries(sectors).find(([, known]) => known === words)?.[0] ?? null
}
