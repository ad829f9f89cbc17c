import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Store} from "../8-store/index.ts"
import {failures} from "./failure.ts"
import {cursor, limit, storeNumber} from "./query.ts"
import {problem} from "./records.ts"

const run = z
  .object({
    run: z.int(),
    version: z.string(),
    model: z.string(),
    ontology: z.string(),
    knowledge: z.string(),
    config: z.string(),
    machine: z.string(),
    floor: z.number(),
    started: z.iso.date(),
    reports: z.int(),
    mentions: z.int(),
    events: z.int(),
    quotes: z.int(),
  })
  .openapi("Run")

const runs = createRoute({
  method: "get",
  path: "/api/v1/runs",
  summary: "What coded the reports, with versions and hashes",
  responses: {200: {description: "The runs.", content: {"application/json": {schema: z.object({runs: z.array(run)}).openapi("RunList")}}}, ...failures(403)},
})

const problems = createRoute({
  method: "get",
  path: "/api/v1/problems",
  summary: "What went wrong, and what was worth a warning",
  request: {query: z.object({limit, cursor: cursor(/^\d{1,9}$/)})},
  responses: {
    200: {
      description: "A page of them, the newest first.",
      content: {"application/json": {schema: z.object({problems: z.array(problem), next: z.string().nullable()}).openapi("ProblemList")}},
    },
    ...failures(400, 403),
  },
})

const coded = z.object({id: z.string(), type: z.string(), mode: z.string().nullable(), status: z.string(), confidence: z.number()}).nullable()

const changes = createRoute({
  method: "get",
  path: "/api/v1/changes",
  summary: "What changed from one run to another, in the reports that both coded",
  request: {query: z.object({from: storeNumber, to: storeNumber, limit})},
  responses: {
    200: {
      description: "Mentions that differ, by report; `null` where a run has none at these words.",
      content: {
        "application/json": {
          schema: z
            .object({same: z.int(), total: z.int(), changes: z.array(z.object({report: z.string(), trigger: z.string(), before: coded, after: coded}))})
            .openapi("ChangeList"),
        },
      },
    },
    ...failures(400, 403),
  },
})

/** `/api/v1/runs`, `/api/v1/problems` and `/api/v1/changes`. */
export function addRuns(app: OpenAPIHono, store: Store): void {
  app.openapi(runs, async c => c.json({runs: await store.runs()}, 200))
  app.openapi(changes, async c => {
    const {from, to, limit} = c.req.valid("query")
    const found = await store.changes(from, to, limit)
    return c.json({...found, changes: [...found.changes]}, 200)
  })
  app.openapi(problems, async c => {
    const {limit, cursor} = c.req.valid("query")
    const {rows, next} = await store.problems({limit, ...(cursor !== undefined && {after: cursor})})
    return c.json({problems: [...rows], next}, 200)
  })
}
