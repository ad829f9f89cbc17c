import {mkdtemp, rm} from "node:fs/promises"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import {stream} from "hono/streaming"
import {CoderError} from "../0-records/index.ts"
import {everyRow, expectQuoteFilters, type Store} from "../8-store/index.ts"
import {layouts, withoutWords} from "../9-export/index.ts"
import type {Coder} from "../journey.ts"
import {failures} from "./failure.ts"
import {filters, ofQuotesOnly, queryOf} from "./query.ts"

const route = createRoute({
  method: "get",
  path: "/api/v1/export",
  summary: "Every row that the filters let pass, as a file",
  request: {
    query: filters.extend({
      ...ofQuotesOnly,
      unit: z.enum(["events", "mentions", "quotes"]).default("events"),
      format: z.enum(layouts.map(({name}) => name)).default("csv"),
      words: z.literal("0").optional().openapi({description: "Without the reports' words: spans stay, sentences and quotes become their sha256."}),
    }),
  },
  responses: {
    200: {
      description: "The rows; docs/export.md describes each form.",
      content: Object.fromEntries(layouts.map(({media}) => [media, {schema: media.endsWith("+json") ? z.object({}).loose() : z.string()}])),
    },
    ...failures(400, 403),
  },
})

/** `/api/v1/export` */
export function addExport(app: OpenAPIHono, store: Store, coder: Coder): void {
  app.openapi(route, async c => {
    const {unit, format, words, ...given} = c.req.valid("query")
    const layout = layouts.find(({name}) => name === format)!
    if (unit === "quotes" && (layout.isDataset || format === "geojson")) {
      throw new CoderError("request-wrong", `Cannot write quotes as ${format}: it has no place for them`)
    }
    if (unit === "quotes") expectQuoteFilters(c.req.queries())
    const query = queryOf(given, coder)
    // What the store cannot answer is told before the first byte.
    await store.count(query, unit)
    c.header("content-type", layout.isBinary ? layout.media : `${layout.media}; charset=utf-8`)
    c.header("content-disposition", `attachment; filename="${unit}.${layout.ending}"`)
    const all = everyRow(store, query, {unit, isDeeds: layout.isDataset})
    const {since, until, ...withoutDays} = query
    const kind = unit === "quotes" ? "quotes" : "events"
    const days = {...(since !== undefined && {since}), ...(until !== undefined && {until})}
    return stream(c, async output => {
      const scratch = layout.isBinary ? await mkdtemp(join(tmpdir(), "communique-export-")) : undefined
      try {
        const options = {kind, days, reportDays: () => store.reportDays(withoutDays), ...(scratch !== undefined && {scratch})} as const
        for await (const chunk of layout.write(words === undefined ? all : withoutWords(all), options)) {
          if (output.aborted) return
          await output.write(chunk)
        }
      } finally {
        if (scratch !== undefined) await rm(scratch, {recursive: true, force: true})
      }
    })
  })
}
