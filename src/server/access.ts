import {createRoute, type OpenAPIHono, z} from "@hono/zod-openapi"
import type {Context} from "hono"
import {failures} from "./failure.ts"

export const access = z.enum(["open", "token", "none"]).openapi({
  description: "Whether you may change what is stored: `open` yes, `token` once signed in, `none` never, since this server keeps nothing.",
})

export type Access = z.infer<typeof access>

const route = createRoute({
  method: "get",
  path: "/api/v1/access",
  summary: "Whether you may keep reports and correct them",
  responses: {
    200: {description: "What you may do.", content: {"application/json": {schema: z.object({access}).openapi("Access")}}},
    ...failures(403),
  },
})

/** `/api/v1/access` */
export function addAccess(app: OpenAPIHono, accessOf: (c: Context) => Access): void {
  app.openapi(route, c => {
    c.header("cache-control", "no-store")
    return c.json({access: accessOf(c)}, 200)
  })
}
