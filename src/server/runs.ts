import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Store} from "../8-store/index.ts"
import {failures} from "./failure.ts"
import {cursor, limit} from "./query.ts"
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
  request: {query: z.object({limit, cursor: cursor(/^\d{1,15}$/)})},
  responses: {
    200: {
      description: "A page of them, the newest first.",
      content: {"application/json": {schema: z.object({problems: z.array(problem), next: z.string().nullable()}).openapi("ProblemList")}},
    },
    ...failures(400, 403),
  },
})

/** `/api/v1/runs` and `/api/v1/problems`. */
export function addRuns(app: OpenAPIHono, store: Store): void {
  app.openapi(runs, async c => c.json({runs: await store.runs()}, 200))
  app.openapi(problems, async c => {
    const {limit, cursor} = c.req.valid("query")
    const {rows, next} = await store.problems({limit, ...(cursor !== undefined && {after: cursor})})
    return c.json({problems: [...rows], next}, 200)
  })
}
