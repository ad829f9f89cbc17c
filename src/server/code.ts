import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {CoderError} from "../0-records/index.ts"
import type {Store} from "../8-store/index.ts"
import type {Coder, Input} from "../journey.ts"
import {codingOf, keep} from "../keeping.ts"
import {failures} from "./failure.ts"
import type {Metrics} from "./metrics.ts"
import {reportRef, shownReport} from "./records.ts"
import {openTurns} from "./turns.ts"

/** Longest report that is coded over HTTP, in characters of text or markup: some ten seconds of work. */
export const mostCharacters = 500_000

/** Longest wait for a report, in milliseconds. A report that is under way keeps its turn until it ends. */
const longestMs = 60_000

const optional = () => z.string().max(2000).nullable().optional()

const given = z
  .strictObject({
    text: z
      .string()
      .max(mostCharacters)
      .nullable()
      .optional()
      .openapi({description: "Plain text; a first line without a full stop, followed by an empty line, is the title."}),
    html: z.string().max(mostCharacters).nullable().optional().openapi({description: "A page; what is not article is left out."}),
    id: optional(),
    title: optional(),
    published: optional().openapi({description: "The day it came out. Relative dates count from it.", example: "2026-03-12"}),
    url: optional(),
    publisher: optional(),
  })
  .refine(({text, html}) => (text == null) !== (html == null), {message: 'expected one of "text" and "html"'})
  .openapi("GivenReport", {
    oneOf: [
      {required: ["text"], properties: {text: {type: "string"}, html: {type: "null"}}},
      {required: ["html"], properties: {html: {type: "string"}, text: {type: "null"}}},
    ],
    example: {text: "Kenya accused Uganda of holding three of its fishermen.", published: "2026-03-12"},
  })

const route = createRoute({
  method: "post",
  path: "/api/v1/code",
  summary: "Code one report",
  description: "Gives every row that the model proposes, with the words behind it. Nothing is stored.",
  request: {body: {required: true, content: {"application/json": {schema: given}}}},
  responses: {
    200: {description: "The coded report.", content: {"application/json": {schema: shownReport}}},
    ...failures(400, 403, 413, 422, 503),
  },
})

const keepRoute = createRoute({
  method: "post",
  path: "/api/v1/reports",
  summary: "Code one report and keep it",
  description:
    "The report is in the store, and gathered with those that are there, when the answer comes. The same again changes nothing. Needs the server's token.",
  security: [{token: []}],
  request: {body: {required: true, content: {"application/json": {schema: given}}}},
  responses: {
    200: {
      description: "What became of it.",
      content: {
        "application/json": {
          schema: z
            .object({
              report: reportRef,
              outcome: z.enum(["added", "version", "recoded", "known"]).openapi({description: "`known` where it was there already, so that nothing changed."}),
              mentions: z.int(),
              events: z.int(),
              quotes: z.int(),
            })
            .openapi("KeptReport"),
        },
      },
    },
    ...failures(400, 401, 403, 413, 422, 503),
  },
})

/** `/api/v1/code`, and the way to `/api/v1/reports` for what is to be kept; guard.ts lets those keep who know the token. */
export function addCode(app: OpenAPIHono, store: Store, coder: Coder, metrics: Metrics): void {
  const turns = openTurns(2, 16)
  const code = async (asked: z.output<typeof given>) => {
    const report = Object.fromEntries(Object.entries(asked).filter(([, value]) => value != null)) as Input
    const coded = await within(
      longestMs,
      turns.take(() => coder.code(report)),
    )
    metrics.coded(coded)
    return coded
  }
  app.openapi(route, async c => {
    const coded = await code(c.req.valid("json"))
    c.header("cache-control", "no-store")
    const {report: ref, text, dropped, sentences, events, quotes, problems} = coded
    return c.json({report: ref, text, dropped, sentences, events, quotes, problems, floor: coder.floor} as unknown as z.infer<typeof shownReport>, 200)
  })
  app.openapi(keepRoute, async c => {
    const coded = await code(c.req.valid("json"))
    const {outcome, mentions, events, quotes} = await keep(store, coded, codingOf(coder))
    return c.json({report: coded.report, outcome, mentions, events, quotes}, 200)
  })
}

/** @throws CoderError `busy`, where the work takes longer */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CoderError("busy", `Cannot code the report in ${ms / 1000} s: expected less work at a time`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
