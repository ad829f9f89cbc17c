import {z} from "@hono/zod-openapi"
import {statuses} from "../0-records/index.ts"
import {type CountryGroup, openGroups} from "../5-resolve/index.ts"
import {eventFilters, type Query, type Who} from "../8-store/index.ts"
import {knowledgeFolder} from "../folders.ts"
import type {Coder} from "../journey.ts"

/** A filter that may stand several times: any of its values will do. */
const list = (description: string, {pattern, ...length}: {pattern?: RegExp; minItems?: number; maxItems?: number} = {}) => {
  const one = pattern ? z.string().regex(pattern, {message: 'expected one such as "s12"'}) : z.string().min(1).max(500)
  return z
    .union([one, z.array(one).max(50)])
    .transform(value => [value].flat())
    .optional()
    .openapi({
      type: "array",
      items: {type: "string", ...(pattern ? {pattern: pattern.source} : {minLength: 1, maxLength: 500})},
      maxItems: 50,
      ...length,
      description: `${description} Several mean any of them.`,
    })
}

const beginnings = (description: string) =>
  z
    .string()
    .regex(/[\p{L}\p{N}]/u, {message: "expected a word"})
    .max(500)
    .optional()
    .openapi({pattern: "[\\p{L}\\p{N}]", description})

/** Numbers of the store are of 32 bits. */
export const storeNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1)

const statusList = z
  .union([z.enum([...statuses, "all"]), z.array(z.enum([...statuses, "all"]))])
  .transform(value => [value].flat())
  .optional()
  .openapi({type: "array", items: {type: "string", enum: [...statuses, "all"]}, description: "`actual` where absent."})

const day = (description: string) => z.iso.date().optional().openapi({description, example: "2026-03-12"})

const boxForm = /^-?\d{1,3}(\.\d{1,6})?(,-?\d{1,3}(\.\d{1,6})?){3}$/

/** The filters that every question takes: what `communique query` takes too. */
export const filters = z.object({
  side: list(
    "Who acts or is acted upon: a name, a country's code, a code such as USAGOV, or a group such as EU or NATO: its members on the day. In quotes, the speaker.",
  ),
  actor: list("Who acts."),
  recipient: list("Who is acted upon."),
  dyad: list("Two sides, given as two values.", {minItems: 2, maxItems: 2}).refine(value => value === undefined || value.length === 2, {
    message: "expected it twice, once for each side",
  }),
  directed: z.literal("1").optional().openapi({description: "Only what the dyad's first does to its second."}),
  country: list("A country of either side."),
  sector: list("A sector of either side, such as MIL."),
  type: list("A PLOVER type, such as ACCUSE."),
  mode: list("A mode, such as demo."),
  quad: z
    .union([z.coerce.number().int().min(1).max(4), z.array(z.coerce.number().int().min(1).max(4))])
    .transform(value => [value].flat())
    .optional()
    .openapi({type: "array", items: {type: "integer", minimum: 1, maximum: 4}, description: "1 verbal cooperation to 4 material conflict."}),
  context: list("A PLOVER context, such as economic."),
  status: statusList,
  minConfidence: z.coerce.number().min(0).max(1).optional().openapi({description: "The model's own least confidence where absent."}),
  since: day("First day, included."),
  until: day("Last day, included."),
  place: list("A place's name or a country's code."),
  box: z
    .string()
    .regex(boxForm, {message: "expected west,south,east,north in degrees"})
    .transform(value => value.split(",").map(Number) as [number, number, number, number])
    .optional()
    .openapi({
      type: "string",
      pattern: boxForm.source,
      description: "Places known to a point within west,south,east,north, in degrees.",
      example: "60,5,145,55",
    }),
  text: beginnings("Beginnings of words that all stand in the sentence, or in the quote."),
  reportText: beginnings("Beginnings of words that all stand in the report, its title included."),
  publisher: list("Who published the report."),
  report: z.string().max(2000).optional().openapi({description: "A report's id, key or address."}),
  story: list("A story, such as s12.", {pattern: /^s\d{1,9}$/}),
  event: z.string().max(2000).optional().openapi({description: "An event's id."}),
  run: storeNumber.optional().openapi({description: "The run's number; the present codings where absent."}),
  asOf: day("The codings that counted on this day."),
})

let groups: ReadonlyMap<string, CountryGroup> | undefined

/** What the filters ask of the store. A country's name means everybody of that country, as its code does; a group's means its members on the day. */
export function queryOf({dyad, directed, status, ...rest}: Partial<z.output<typeof filters> & z.output<typeof quoteFilters>>, coder: Coder): Query {
  const known = [...Object.keys(filters.shape), ...Object.keys(ofQuotesOnly)]
  const plain = Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== undefined && known.includes(name))) as Query
  const who = (text: string): Who => {
    groups ??= openGroups(knowledgeFolder)
    return groups.get(text) ?? codeOf(text, coder)
  }
  return {
    ...plain,
    ...Object.fromEntries((["side", "actor", "recipient", "about"] as const).flatMap(role => (rest[role] ? [[role, rest[role].map(who)]] : []))),
    ...(dyad && {dyad: [who(dyad[0]!), who(dyad[1]!)] as const}),
    ...(directed && {isDirected: true}),
    ...(status && {status: status.includes("all") ? "all" : (status as Exclude<(typeof status)[number], "all">[])}),
  }
}

/** A country's name as its code; any other name or code as it is. */
export function codeOf(text: string, {resolve}: Coder): string {
  const found = /^[A-Z]+$/.test(text) ? null : resolve({text})
  return found?.kind === "country" && found.country !== null ? found.country : text
}

export const limit = z.coerce.number().int().min(1).max(500).default(100)

/** For a list that is jumped into: `next` of any page before, and how many rows of those after it to leave out. */
export const skip = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .default(0)
  .openapi({description: "Rows to leave out before the page, counted from where it would begin."})

/** Where a page begins: the `next` of the page before. */
export const cursor = (form: RegExp) =>
  z.string().regex(form, {message: "expected the `next` of the page before"}).optional().openapi({description: "The `next` of the page before."})

/** A row's day, which may be unknown, and its number. */
export const dayCursor = new RegExp(`^(?:${z.regexes.date.source.replace(/^\^|\$$/g, "")})?\\/\\d{1,9}$`)

/** Filters that only quotes have. */
export const ofQuotesOnly = {
  about: list("Of quotes: whom others speak of in them, by name or by what is told to be done within their words."),
  cue: beginnings("Of quotes: beginnings of the words that say that somebody speaks, such as denied."),
}

/** Quotes are asked by speakers, and have no event's filters. */
export const quoteFilters = filters.omit(Object.fromEntries(eventFilters.map(name => [name, true])) as Record<EventFilter, true>).extend(ofQuotesOnly)

type EventFilter = (typeof eventFilters)[number]
