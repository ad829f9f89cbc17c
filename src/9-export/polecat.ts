import {createHash} from "node:crypto"
import type {Actor, EventRecord} from "../0-records/index.ts"
import {countryCodes} from "./crosswalk.ts"
import {type Dated, type Deed, isDated, keyOf, reportsOf, tabbed} from "./deeds.ts"
import type {Layout} from "./layout.ts"

const sideHeader = (side: "Actor" | "Recipient") => [
  `${side} Name`,
  `${side} Country`,
  `${side} COW`,
  `Primary ${side} Sector`,
  `${side} Sectors`,
  `${side} Title`,
  `${side} Name Raw`,
  `Wikipedia ${side} ID`,
]

const header = [
  "Event ID",
  "Event Date",
  "Event Type",
  "Event Mode",
  "Intensity",
  "Quad Code",
  "Contexts",
  ...sideHeader("Actor"),
  ...sideHeader("Recipient"),
  "Placename",
  "City",
  "District",
  "Province",
  "Country",
  "Latitude",
  "Longitude",
  "GeoNames ID",
  "Raw Placename",
  "Feature Type",
  "Source",
  "Publication Date",
  "Story People",
  "Story Organizations",
  "Story Locations",
  "Language",
  "Version",
]

/** POLECAT events as on Dataverse: 40 columns with a header, a deed a row, several sides joined by "; ". Columns: docs/export.md. */
export const polecat: Layout = {
  name: "polecat",
  about: "POLECAT events, 40 columns: a deed a row",
  ending: "polecat.tab",
  media: "text/tab-separated-values",
  isMixed: false,
  isBinary: false,
  isDataset: true,
  async *write(rows, {leftOut, wrote}) {
    yield tabbed(header)
    for await (const deeds of reportsOf(rows)) {
      const story = storyOf(deeds)
      for (const deed of deeds) {
        if (!isDated(deed)) leftOut?.("without a day")
        else {
          wrote?.(1)
          yield tabbed(row(deed, story))
        }
      }
    }
  },
}

/** By PLOVER's number. */
export const quads = ["", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"]

function row({head, mentions, day}: Dated, story: readonly string[]): (string | number | null)[] {
  const {place, report} = head
  const sides = (of: (mention: EventRecord) => readonly Actor[]) => [...new Map(mentions.flatMap(of).map(side => [keyOf(side), side])).values()]
  const [, number = "0"] = /\/(\d+)$/.exec(head.event) ?? []
  const article = createHash("sha256").update(report.id).digest("hex").slice(0, 12)
  const kind = [head.type, head.mode].filter(Boolean).join("_")
  return [
    `${day.replaceAll("-", "")}-${number.padStart(4, "0")}-${article}_${kind}`,
    day,
    head.type,
    head.mode,
    head.intensity,
    quads[head.quad] ?? "",
    head.contexts.join(" | "),
    ...sideColumns(sides(({actors}) => actors)),
    ...sideColumns(sides(({recipients}) => recipients)),
    place?.name ?? "",
    place?.level === "city" ? place.name : "",
    "",
    place?.level === "region" ? place.name : "",
    place?.country ?? "",
    place?.lat ?? "",
    place?.lon ?? "",
    "",
    place?.text ?? "",
    (place && features[place.level]) ?? "",
    report.publisher,
    report.published,
    ...story,
    "English",
    `Communique-${head.coder.version}`,
  ]
}

/** GeoNames feature codes. */
const features: Record<string, string> = {country: "PCLI", region: "ADM1", city: "PPL", sea: "SEA"}

function sideColumns(sides: readonly Actor[]): string[] {
  const sectors = sides.map(({sector}) => (sector ? (plover[sector] ?? sector) : ""))
  const joined = (values: readonly (string | number | null | undefined)[]) =>
    values.every(value => !value) ? "" : values.map(value => value || "None").join("; ")
  return [
    sides.map(({name}) => name.replaceAll(";", ",")).join("; "),
    joined(sides.map(({country}) => countryCodes(country)?.name)),
    joined(sides.map(({country}) => countryCodes(country)?.cow)),
    sectors.find(Boolean) ?? "",
    joined(sectors),
    "",
    sides.map(({text}) => text.replaceAll(";", ",")).join("; "),
    "",
  ]
}

/** Where PLOVER's sectors are named otherwise than CAMEO's (DESIGN.md): its MED is medical. */
const plover: Record<string, string> = {MED: "JRN", HLH: "MED"}

/** CAMEO's sector of one that POLECAT writes. */
export const sectorOfPlover = (sector: string) => Object.entries(plover).find(([, own]) => own === sector)?.[0] ?? sector

/** People, organisations and places that the report's rows name. */
function storyOf(deeds: readonly Deed[]): string[] {
  const mentions = deeds.flatMap(({mentions}) => mentions)
  const sides = mentions.flatMap(({actors, recipients}) => [...actors, ...recipients])
  const list = (names: readonly string[]) => [...new Set(names)].map(name => name.replaceAll("|", " ")).join(" | ")
  const bodies = new Set(["organisation", "armed-group", "igo", "company", "media"])
  return [
    list(sides.flatMap(({kind, name}) => (kind === "person" ? name : []))),
    list(sides.flatMap(({kind, name}) => (bodies.has(kind) ? name : []))),
    list(mentions.flatMap(({place}) => place?.name ?? [])),
  ]
}
