import type {Actor, CoderRef, EventDate, EventPlace, EventRecord, Quote, ReportRef, Words} from "../0-records/index.ts"
import {isEvent, type Row} from "./layout.ts"

/** The same row with its fields in the order of docs/event-record.md, so that the same row always makes the same bytes. */
export function ordered(row: Row): Row {
  return isEvent(row) ? event(row) : quote(row)
}

function event(row: EventRecord): EventRecord {
  return {
    id: row.id,
    event: row.event,
    type: row.type,
    mode: row.mode,
    status: row.status,
    quad: row.quad,
    intensity: row.intensity,
    cameo: row.cameo,
    contexts: row.contexts,
    ...(row.also && {also: {ontology: row.also.ontology, hash: row.also.hash, code: row.also.code, sub: row.also.sub}}),
    actors: row.actors.map(actor),
    recipients: row.recipients.map(actor),
    date: row.date && date(row.date),
    place: row.place && place(row.place),
    trigger: words(row.trigger),
    sentence: {index: row.sentence.index, ...words(row.sentence)},
    confidence: row.confidence,
    report: report(row.report),
    story: row.story,
    review: row.review,
    coder: coder(row.coder),
  }
}

function quote(row: Quote): Quote {
  return {
    id: row.id,
    kind: row.kind,
    content: words(row.content),
    cue: row.cue && words(row.cue),
    speaker: row.speaker && actor(row.speaker),
    sentence: {index: row.sentence.index, ...words(row.sentence)},
    confidence: row.confidence,
    report: report(row.report),
    review: row.review,
    coder: coder(row.coder),
  }
}

const words = ({text, start, end}: Words): Words => ({text, start, end})

const actor = (side: Actor): Actor => ({
  ...words(side),
  name: side.name,
  kind: side.kind,
  country: side.country,
  sector: side.sector,
  code: side.code,
  basis: side.basis,
  via: side.via && words(side.via),
})

const date = ({from, to, basis, text, start, end}: EventDate): EventDate => ({from, to, basis, text, start, end})

const place = ({name, country, lat, lon, level, ...at}: EventPlace): EventPlace => ({name, country, lat, lon, level, ...words(at)})

const report = ({id, title, url, publisher, published}: ReportRef): ReportRef => ({id, title, url, publisher, published})

const coder = ({version, model, ontology, knowledge, config}: CoderRef): CoderRef => ({version, model, ontology, knowledge, config})
