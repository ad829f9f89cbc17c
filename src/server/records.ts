import {z} from "@hono/zod-openapi"
import {statuses} from "../0-records/index.ts"

/** The records as schemas, for the description of the API; docs/event-record.md says what each field means. */

export const words = z
  .object({text: z.string(), start: z.int().min(0), end: z.int().min(0)})
  .openapi("Words", {description: "Offsets count Unicode code points of the report's text."})

const basis = z.enum(["stated", "resolved", "known", "implied"])

export const kinds = ["person", "government", "country", "organisation", "armed-group", "group", "igo", "company", "media", "other"] as const

const actor = words
  .extend({
    name: z.string(),
    kind: z.enum(kinds),
    country: z.string().nullable(),
    sector: z.string().nullable(),
    code: z.string().nullable(),
    basis,
    via: words.nullable(),
  })
  .openapi("Actor")

const date = z
  .object({from: z.iso.date(), to: z.iso.date(), basis, text: z.string().nullable(), start: z.int().nullable(), end: z.int().nullable()})
  .openapi("Date")

const place = words
  .extend({
    name: z.string(),
    country: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    level: z.enum(["point", "city", "region", "country", "sea", "unknown"]),
  })
  .openapi("Place")

const sentence = words.extend({index: z.int().min(0)}).openapi("Sentence")

const coder = z.object({version: z.string(), model: z.string(), ontology: z.string(), knowledge: z.string(), config: z.string()}).openapi("Coder")

export const reportRef = z
  .object({
    id: z.string(),
    title: z.string().nullable(),
    url: z.string().nullable(),
    publisher: z.string().nullable(),
    published: z.iso.date().nullable(),
  })
  .openapi("Report")

const review = z.enum(["accepted", "corrected", "added"]).nullable().openapi({description: "What a reviewer said of it; the confidence of such a row is 1."})

const confidence = z.number().min(0).max(1)

export const event = z
  .object({
    id: z.string(),
    event: z.string(),
    type: z.string(),
    mode: z.string().nullable(),
    status: z.enum(statuses),
    quad: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    intensity: z.number().nullable(),
    cameo: z.string(),
    contexts: z.array(z.string()),
    actors: z.array(actor),
    recipients: z.array(actor),
    date: date.nullable(),
    place: z.union([place, z.null()]),
    trigger: words,
    sentence,
    confidence,
    report: reportRef,
    story: z.string().nullable(),
    review,
    coder,
  })
  .openapi("Event", {description: "One mention of an event: one trigger in one sentence of a report."})

export const quote = z
  .object({
    id: z.string(),
    kind: z.enum(["direct", "mixed", "indirect"]),
    content: words,
    cue: words.nullable(),
    speaker: z.union([actor, z.null()]),
    sentence,
    confidence,
    report: reportRef,
    review,
    coder,
  })
  .openapi("Quote")

export const problem = z
  .object({
    code: z.string(),
    message: z.string(),
    place: z.object({input: z.string().optional(), line: z.int().optional(), report: z.string().optional()}),
    isWarning: z.boolean(),
  })
  .openapi("Problem")

/** A coded report as HTTP gives it. */
export const shownReport = z
  .object({
    report: reportRef,
    text: z.string().openapi({description: "The settled text that all offsets count in; without the title."}),
    dropped: z.array(z.string()).nullable().openapi({description: "Paragraphs that were left out as no part of the report; null where that was not kept."}),
    sentences: z.array(z.object({start: z.int().min(0), end: z.int().min(0)})).openapi({description: "Where its sentences stand, in order."}),
    events: z.array(event),
    quotes: z.array(quote),
    problems: z.array(problem),
    floor: confidence.openapi({description: "The confidence under which the command prints no event unless asked; rows under it are here all the same."}),
  })
  .openapi("CodedReport")
