import {randomUUID} from "node:crypto"
import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Context} from "hono"
import {CoderError, correctable, correctableOfQuote, type EventRecord, type Quote, reviewable, statuses, verdicts} from "../0-records/index.ts"
import {type ReviewOrder, reviewOrders, type Store} from "../8-store/index.ts"
import type {Coder, QuoteRevision, Revision} from "../journey.ts"
import {type Access, access} from "./access.ts"
import {failures} from "./failure.ts"
import {cursor, filters, limit, queryOf, storeNumber} from "./query.ts"
import {event, kinds, quote, reportRef, words} from "./records.ts"

const verdict = z.enum(verdicts)

const correction = z
  .object({
    number: z.int(),
    report: reportRef,
    of: z.enum(reviewable).openapi({description: "Whether it is on an event or on a quote."}),
    event: z.string().nullable().openapi({description: "The event's row it stands on now; null where the present coding has none, or it is on a quote."}),
    quote: z.string().nullable().openapi({description: "The same of a quote."}),
    isInForce: z.boolean().openapi({description: "Neither taken back, nor of a row that is gone, nor followed by another verdict on the row."}),
    type: z.string().openapi({description: "What the coder wrote there, by which the row is found again."}),
    trigger: words,
    verdict,
    reviewer: z.string(),
    made: z.string().openapi({description: "ISO 8601, UTC."}),
    why: z.string().nullable(),
    changes: z.array(z.object({field: z.enum([...correctable, ...correctableOfQuote]), old: z.unknown(), new: z.unknown()})),
    undone: z.string().nullable().openapi({description: "When it was taken back."}),
  })
  .openapi("Correction")

/** No text is longer: numbers of the store are of 32 bits. */
const mostOffset = 2 ** 31 - 1

const span = z
  .strictObject({start: z.int().min(0).max(mostOffset), end: z.int().min(1).max(mostOffset)})
  .openapi("Span", {description: "Code points of the report's text."})

const side = span
  .extend({
    name: z.string().min(1).max(300).optional(),
    kind: z.enum(kinds).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable()
      .optional(),
    sector: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .nullable()
      .optional(),
  })
  .openapi("GivenSide", {description: "The words; and whom they mean, where neither the report nor the tables say so."})

const day = z.iso.date()

const eventRevision = z.strictObject({
  type: z.string().max(40).optional(),
  mode: z.string().max(40).nullable().optional(),
  status: z.enum(statuses).optional(),
  trigger: span.optional(),
  actors: z.array(side).max(20).optional(),
  recipients: z.array(side).max(20).optional(),
  date: z
    .union([span, z.strictObject({from: day, to: day})])
    .nullable()
    .optional()
    .openapi({description: "Words that name a day, or days where no word does."}),
  place: span.nullable().optional(),
})

const quoteRevision = z.strictObject({
  content: span.optional().openapi({description: "What was said; its kind follows from the marks around it."}),
  cue: span.nullable().optional(),
  speaker: side.nullable().optional(),
})

const revision = z.strictObject({...eventRevision.shape, ...quoteRevision.shape}).openapi("Revision", {
  description:
    "What is otherwise; an absent field stays as it is. A quote has `content`, `cue` and `speaker`, an event the rest; codes, CAMEO and intensity follow.",
})

const rowId = z.string().max(2100).nullable().optional()

const ofOldRows = verdicts.filter(one => one !== "added")
const only = (row: "event" | "quote") => ({required: [row], not: {required: [row === "event" ? "quote" : "event"]}})

const given = z
  .strictObject({
    report: z.string().min(1).max(2000).openapi({description: "The report's id, key or address."}),
    event: rowId.openapi({description: "The row's id; null for an event that the coder missed."}),
    quote: rowId.openapi({description: "The quote's id in place of an event's; null for a quote that the coder missed."}),
    verdict,
    reviewer: z.string().trim().min(1).max(100),
    why: z.string().trim().max(2000).nullable().optional(),
    isBlind: z.boolean().optional().openapi({description: "Whether the row was seen as its coder wrote it, and not as others left it."}),
    revision: revision.optional(),
    key: z.string().min(1).max(100).optional().openapi({description: "The asker's own name for it: the same again is kept once."}),
  })
  .refine(({event, quote}) => (event === undefined) !== (quote === undefined), {message: 'expected one of "event" and "quote"'})
  .refine(({event, quote, verdict}) => ((event ?? quote) == null) === (verdict === "added"), {
    message: 'expected no "event" or "quote" where the verdict is "added", and one where it is another',
  })
  .openapi("GivenCorrection", {
    oneOf: [
      {...only("event"), properties: {verdict: {const: "added"}, event: {type: "null"}}},
      {...only("quote"), properties: {verdict: {const: "added"}, quote: {type: "null"}}},
      {...only("event"), properties: {verdict: {enum: ofOldRows}, event: {type: "string"}}},
      {...only("quote"), properties: {verdict: {enum: ofOldRows}, quote: {type: "string"}}},
    ],
    example: {report: "r1", event: "r1/1", verdict: "corrected", reviewer: "Ann", why: "it was denied", revision: {status: "negated"}},
  })

const corrected = z
  .object({
    correction,
    event: event.nullable().openapi({description: "The event's row as it is now; null where it is none."}),
    quote: quote.nullable().openapi({description: "The quote's."}),
  })
  .openapi("Corrected")

const make = createRoute({
  method: "post",
  path: "/api/v1/corrections",
  summary: "Say that an event or a quote is right, is none, is otherwise, or was missed",
  description: "Every question gives the row as it was left from then on. Needs the server's token.",
  security: [{token: []}],
  request: {body: {required: true, content: {"application/json": {schema: given}}}},
  responses: {200: {description: "The verdict as it is kept.", content: {"application/json": {schema: corrected}}}, ...failures(400, 401, 403, 404, 422)},
})

const takeBack = createRoute({
  method: "delete",
  path: "/api/v1/corrections/{number}",
  summary: "Take a verdict back",
  description: "The one before it, or the coder's own row, counts again; it stays in the list. Needs the server's token.",
  security: [{token: []}],
  request: {
    params: z.object({number: storeNumber}),
  },
  responses: {
    200: {description: "The verdict, with the time at which it was taken back.", content: {"application/json": {schema: corrected}}},
    ...failures(400, 401, 403, 404),
  },
})

const list = createRoute({
  method: "get",
  path: "/api/v1/corrections",
  summary: "What reviewers said, the newest first",
  request: {
    query: z.object({
      report: z.string().max(2000).optional(),
      reviewer: z.string().max(100).optional(),
      standing: z.literal("1").optional().openapi({description: "Only those that were not taken back."}),
      unattached: z.literal("1").optional().openapi({description: "Only those that found no row in the present coding."}),
      limit,
      cursor: cursor(/^\d{1,9}$/),
    }),
  },
  responses: {
    200: {
      description: "A page of them; how many there are, and how many have no row now.",
      content: {
        "application/json": {
          schema: z.object({corrections: z.array(correction), next: z.string().nullable(), total: z.int(), unattached: z.int()}).openapi("CorrectionList"),
        },
      },
    },
    ...failures(400, 403),
  },
})

const queue = createRoute({
  method: "get",
  path: "/api/v1/review",
  summary: "Mentions or quotes that wait for a verdict, and how far the review is",
  request: {
    query: filters.extend({
      of: z.enum(reviewable).default("event"),
      order: z.enum(reviewOrders).default("certainty").openapi({
        description: "`certainty`: the least sure first. `disagreement`: what two runs tell otherwise. `second`: what others decided and `reviewer` did not.",
      }),
      reviewer: z.string().max(100).default(""),
      limit,
    }),
  },
  responses: {
    200: {
      description: "Mentions of any status unless asked otherwise.",
      content: {
        "application/json": {
          schema: z
            .object({
              rows: z.array(z.union([event, quote])),
              left: z.int().openapi({description: "How many wait, these included."}),
              access,
              modes: z.record(z.string(), z.array(z.string())).openapi({description: "The modes of each type."}),
              progress: z.object({
                decided: z.int(),
                left: z.int(),
                reviewers: z.array(z.object({reviewer: z.string(), accepted: z.int(), rejected: z.int(), corrected: z.int(), added: z.int()})),
                pairs: z.array(
                  z.object({
                    reviewers: z.tuple([z.string(), z.string()]),
                    both: z.int(),
                    same: z.int(),
                    kappa: z.number().nullable().openapi({description: "Cohen's kappa of whether it is an event."}),
                  }),
                ),
              }),
            })
            .openapi("ReviewQueue"),
        },
      },
    },
    ...failures(400, 403),
  },
})

/** `/api/v1/corrections` and `/api/v1/review`. */
export function addCorrections(app: OpenAPIHono, store: Store, coder: Coder, accessOf: (c: Context) => Access): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {type: "http", scheme: "bearer"})
  app.openapi(make, async c => {
    const {report: id, event, quote, verdict, reviewer, why, isBlind = false, revision = {}, key = randomUUID()} = c.req.valid("json")
    const of = event === undefined ? "quote" : "event"
    const row = event ?? quote ?? null
    const isRevised = verdict === "corrected" || verdict === "added"
    const wrong = Object.keys(revision).find(field => !Object.keys((of === "event" ? eventRevision : quoteRevision).shape).includes(field))
    if (wrong !== undefined) throw new CoderError("correction-wrong", `Cannot change ${JSON.stringify(wrong)} of the ${of}: expected a field that it has`)
    const record = isRevised ? await recordOf(store, coder, {of, id, row, isBlind, revision: plain(revision)}) : null
    const made = new Date().toISOString()
    const done = await store.correct({key, report: id, of, event: row, verdict, reviewer, made, why: why || null, isBlind, record})
    return c.json(done as z.infer<typeof corrected>, 200)
  })
  app.openapi(takeBack, async c => c.json((await store.undo(c.req.valid("param").number, new Date().toISOString())) as z.infer<typeof corrected>, 200))
  app.openapi(list, async c => {
    const {report, reviewer, standing, unattached, limit, cursor} = c.req.valid("query")
    const query = {
      ...(report !== undefined && {report}),
      ...(reviewer !== undefined && {reviewer}),
      isStanding: standing === "1",
      isUnattached: unattached === "1",
    }
    const {rows, ...rest} = await store.corrections(query, {limit, ...(cursor !== undefined && {after: cursor})})
    return c.json({corrections: rows, ...rest} as z.infer<(typeof list)["responses"][200]["content"]["application/json"]["schema"]>, 200)
  })
  app.openapi(queue, async c => {
    const {of, order, reviewer, limit, ...asked} = c.req.valid("query")
    const [{rows, left}, progress] = await Promise.all([
      store.reviewQueue(queryOf(asked, coder), {of, order: order as ReviewOrder, reviewer, limit}),
      store.reviewProgress(of),
    ])
    return c.json(
      {rows, left, access: accessOf(c), modes: coder.modes, progress} as unknown as z.infer<
        (typeof queue)["responses"][200]["content"]["application/json"]["schema"]
      >,
      200,
    )
  })
}

type Asked = {
  readonly of: "event" | "quote"
  readonly id: string
  readonly row: string | null
  readonly isBlind: boolean
  readonly revision: Revision & QuoteRevision
}

/** @throws CoderError `not-found`, `correction-wrong` */
async function recordOf(store: Store, coder: Coder, {of, id, row, isBlind, revision}: Asked): Promise<EventRecord | Quote> {
  const stored = await store.report(id)
  if (!stored) throw new CoderError("not-found", `Cannot correct report ${JSON.stringify(id.slice(0, 200))}: found none by this id`)
  if (row === null) return of === "event" ? coder.revise(stored, null, revision) : coder.reviseQuote(stored, null, revision)
  const find = (some: typeof stored | null) => (of === "event" ? some?.events : some?.quotes)?.find(one => one.id === row)
  const coded = async () => (stored.run === null ? undefined : find(await store.report(id, stored.run)))
  // A row that was rejected is in no present list, and can be judged anew.
  const base = (isBlind ? undefined : find(stored)) ?? (await coded())
  if (!base) throw new CoderError("not-found", `Cannot correct ${JSON.stringify(row.slice(0, 200))}: the present coding of its report has no such row`)
  return of === "event" ? coder.revise(stored, base as EventRecord, revision) : coder.reviseQuote(stored, base as Quote, revision)
}

/** Without the fields that were not given. */
const plain = (given: object) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Revision & QuoteRevision
