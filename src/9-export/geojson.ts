import type {Actor, EventRecord} from "../0-records/index.ts"
import {isEvent, type Layout} from "./layout.ts"

/** GeoJSON (RFC 7946): a point for each event whose place is known to a city or point. Properties: docs/export.md. */
export const geojson: Layout = {
  name: "geojson",
  about: "GeoJSON: a point for each event whose place is known to the city",
  ending: "geojson",
  media: "application/geo+json",
  isMixed: false,
  isBinary: false,
  isDataset: false,
  async *write(rows, {leftOut, wrote}) {
    yield '{"type":"FeatureCollection","features":['
    let before = "\n"
    for await (const row of rows) {
      if (!isEvent(row)) continue
      const point = pointOf(row)
      if (!point) {
        leftOut?.("without a point")
        continue
      }
      wrote?.(1)
      yield before + JSON.stringify({type: "Feature", id: row.id, geometry: {type: "Point", coordinates: point}, properties: properties(row)})
      before = ",\n"
    }
    yield "\n]}\n"
  },
}

/** Longitude and latitude. A country's or region's middle is no place where anything happened. */
function pointOf({place}: EventRecord): readonly [number, number] | undefined {
  const isPoint = place && (place.level === "city" || place.level === "point") && place.lat !== null && place.lon !== null
  return isPoint ? [place.lon!, place.lat!] : undefined
}

function properties({
  id,
  event,
  type,
  mode,
  status,
  quad,
  intensity,
  cameo,
  contexts,
  actors,
  recipients,
  date,
  place,
  confidence,
  sentence,
  report,
}: EventRecord) {
  const list = (sides: readonly Actor[], value: (side: Actor) => string | null) => sides.map(side => value(side) ?? "").join("; ")
  return {
    ...{id, event, type, mode, status, quad, intensity, cameo},
    contexts: contexts.join("; "),
    actor: list(actors, ({name}) => name),
    actor_code: list(actors, ({code}) => code),
    recipient: list(recipients, ({name}) => name),
    recipient_code: list(recipients, ({code}) => code),
    date_from: date?.from ?? null,
    date_to: date?.to ?? null,
    place: place?.name ?? null,
    place_country: place?.country ?? null,
    place_level: place?.level ?? null,
    confidence,
    sentence: sentence.text,
    report: report.id,
    url: report.url,
    publisher: report.publisher,
    published: report.published,
  }
}
