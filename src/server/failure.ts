import {z} from "@hono/zod-openapi"
import type {Context} from "hono"
import {HTTPException} from "hono/http-exception"
import type {ContentfulStatusCode} from "hono/utils/http-status"
import {CoderError, type ProblemCode} from "../0-records/index.ts"

/** The one body of every failure. */
export const failureBody = z
  .object({
    error: z.object({
      code: z.string().openapi({description: "Branch on it; docs/problems.md has a heading for each.", example: "request-wrong"}),
      message: z.string().openapi({example: 'Cannot read the request: found no "text", expected a text that is not empty'}),
      place: z.object({input: z.string().optional(), line: z.number().int().optional(), report: z.string().optional()}),
    }),
  })
  .openapi("Failure")

/** The statuses that a route may fail with, for its description. */
export function failures(...statuses: readonly (keyof typeof meanings)[]) {
  return Object.fromEntries(statuses.map(status => [status, {description: meanings[status], content: {"application/json": {schema: failureBody}}}]))
}

const meanings = {
  400: "The request cannot be read.",
  401: "A token is needed.",
  403: "Another site's request, or a name that is not this server's.",
  404: "There is no such thing.",
  413: "The body or the report is too large.",
  422: "The report cannot be coded.",
  503: "Too much is under way, or it took too long; try again.",
} as const

/** Where no status stands beside a code, the report is at fault. */
const statuses: Partial<Record<ProblemCode, ContentfulStatusCode>> = {
  "request-wrong": 400,
  "query-wrong": 400,
  "call-wrong": 400,
  "request-refused": 403,
  "not-found": 404,
  "input-too-large": 413,
  busy: 503,
  "store-busy": 503,
  "store-failed": 500,
}

/** Answers with the body of a failure; `status` where the code alone does not tell it. */
export function fail(c: Context, error: CoderError, status = statuses[error.code] ?? 422) {
  const {code, message, place} = error
  if (status === 503) c.header("retry-after", "2")
  c.header("cache-control", "no-store")
  return c.json({error: {code, message, place}}, status)
}

/** Answers what a route threw. A bug is told on standard error with its stack, and to the caller without. */
export function answerError(error: Error, c: Context) {
  if (error instanceof CoderError) return fail(c, error)
  if (error instanceof HTTPException)
    return fail(c, new CoderError("request-wrong", `Cannot read the request: ${error.message}`), error.status as ContentfulStatusCode)
  process.stderr.write(`${error.stack}\n`)
  return fail(c, new CoderError("request-wrong", "Cannot answer the request: a fault of this program, told on its standard error"), 500)
}
