import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {stream} from "hono/streaming"
import type {Query, Store} from "../8-store/index.ts"
import {layouts, type Row} from "../9-export/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {filters, queryOf, quoteQueryOf} from "./query.ts"

const route = createRoute({
  method: "get",
  path: "/api/v1/export",
  summary: "Every row that the filters let pass, as a file",
  request: {query: filters.extend({unit: z.enum(["events", "mentions", "quotes"]).default("events"), format: z.enum(["csv", "jsonl"]).default("csv")})},
  responses: {
    200: {
      description: "The rows; docs/export.md describes both forms.",
      content: {"text/csv": {schema: z.string()}, "application/x-ndjson": {schema: z.string()}},
    },
    ...failures(400, 403),
  },
})

const types = {csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8"} as const

/** `/api/v1/export` */
export function addExport(app: OpenAPIHono, store: Store, coder: Coder): void {
  app.openapi(route, async c => {
    const {unit, format, ...given} = c.req.valid("query")
    const query = unit === "quotes" ? quoteQueryOf(given, coder) : queryOf(given, coder)
    // What the store cannot answer is told before the first byte.
    await store.count(query, unit)
    const layout = layouts.find(({name}) => name === format)!
    c.header("content-type", types[format])
    c.header("content-disposition", `attachment; filename="${unit}.${format}"`)
    return stream(c, async output => {
      for await (const chunk of layout.write(rowsOf(store, query, unit), {kind: unit === "quotes" ? "quotes" : "events"})) {
        if (output.aborted) return
        await output.write(chunk)
      }
    })
  })
}

/** All rows, a page at a time. */
async function* rowsOf(store: Store, query: Query, unit: "events" | "mentions" | "quotes"): AsyncGenerator<Row> {
  let after: string | null = ""
  while (after !== null) {
    const page: {readonly rows: readonly Row[]; readonly next: string | null} = await store[unit](query, {limit: 500, ...(after !== "" && {after})})
    yield* page.rows
    after = page.next
  }
}
