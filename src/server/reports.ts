import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {CoderError} from "../0-records/index.ts"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {cursor, limit} from "./query.ts"
import {reportRef, shownReport} from "./records.ts"

const listed = reportRef
  .extend({key: z.string(), mentions: z.int(), events: z.int(), quotes: z.int(), problems: z.int()})
  .openapi("ListedReport", {description: "A report with how much was found in it; rows under the model's least confidence are not counted."})

const list = createRoute({
  method: "get",
  path: "/api/v1/reports",
  summary: "The reports, the newest first",
  request: {
    query: z.object({limit, cursor: cursor(/^\d{1,9}$/)}),
  },
  responses: {
    200: {
      description: "A page of reports.",
      content: {"application/json": {schema: z.object({reports: z.array(listed), next: z.string().nullable(), total: z.int()}).openapi("ReportList")}},
    },
    ...failures(400, 403),
  },
})

const one = createRoute({
  method: "get",
  path: "/api/v1/reports/{id}",
  summary: "Show one report with its text, events and quotes",
  request: {
    params: z.object({id: z.string().openapi({description: "Percent-encoded.", example: "4c7ce1a2d41b6f25"})}),
    query: z.object({coded: z.literal("1").optional().openapi({description: "The rows as the coder wrote them, without corrections."})}),
  },
  responses: {
    200: {description: "The coded report.", content: {"application/json": {schema: shownReport}}},
    ...failures(400, 403, 404),
  },
})

/** `/api/v1/reports` and each of them. */
export function addReports(app: OpenAPIHono, store: Store, {floor}: Coder): void {
  app.openapi(list, async c => {
    const {limit, cursor} = c.req.valid("query")
    const {rows, next, total} = await store.listed({limit, ...(cursor !== undefined && {after: cursor})})
    return c.json({reports: [...rows], next, total}, 200)
  })
  app.openapi(one, async c => {
    const {id} = c.req.valid("param")
    const present = await store.report(id)
    const isCoded = c.req.valid("query").coded === "1"
    const found = isCoded && present !== null && present.run !== null ? await store.report(present.key, present.run) : present
    if (!found) throw new CoderError("not-found", `Cannot show report ${JSON.stringify(id.slice(0, 200))}: found none by this id`)
    const {report, text, dropped, sentences, events, quotes, problems} = found
    return c.json({report, text, dropped, sentences, events, quotes, problems, floor} as z.infer<typeof shownReport>, 200)
  })
}
