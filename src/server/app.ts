import {OpenAPIHono} from "@hono/zod-openapi"
import {bodyLimit} from "hono/body-limit"
import {except} from "hono/combine"
import {etag} from "hono/etag"
import {CoderError} from "../0-records/index.ts"
import type {Store} from "../8-store/index.ts"
import type {Coder} from "../journey.ts"
import {today} from "../keeping.ts"
import {addAccess} from "./access.ts"
import {addActors} from "./actors.ts"
import {addCode} from "./code.ts"
import {addCorrections} from "./corrections.ts"
import {addEvents} from "./events.ts"
import {addExport} from "./export.ts"
import {answerError, fail} from "./failure.ts"
import {accessBy, sameSite, secureHeaders, tokenNeeded, tokenToWrite} from "./guard.ts"
import {openMetrics} from "./metrics.ts"
import {addPlaces} from "./places.ts"
import {addReports} from "./reports.ts"
import {addRuns} from "./runs.ts"
import {addStories} from "./stories.ts"
import {addTimeline} from "./timeline.ts"
import {addViewer, viewerFolder} from "./viewer.ts"

/** What a server is made of. */
export type Serving = {
  readonly coder: Coder
  /** The reports that can be read and asked; one in memory where nothing is to be kept. */
  readonly store: Store
  /** Whether only this machine can reach the server. */
  readonly isLoopback: boolean
  /** What a caller must know; needed where the server is not on loopback. */
  readonly token?: string
  /** What a caller must know to correct, where reading is open; without any token nobody can. */
  readonly reviewToken?: string
  /** The built viewer; by default the one beside the program. */
  readonly viewer?: string
  /** Seconds since 1970. */
  readonly startedAt: number
  /** Whether new requests are still taken. */
  readonly isReady: () => boolean
}

/** Largest body of a request, in bytes. */
const mostBytes = 2 * 1024 * 1024

/** The viewer's pages, which `web/main.tsx` draws. */
const pages =
  /^\/(?:$|try$|reports$|reports\/[^/]+$|explore$|map$|network$|dyad\/[^/]+\/[^/]+$|actor\/[^/]+$|quotes$|stories$|stories\/[^/]+$|review$|runs$|reference$)/

/** Everything that is served, as a function from request to answer: no port is needed to try it. */
export function openApp({coder, store, isLoopback, token, reviewToken, viewer = viewerFolder, startedAt, isReady}: Serving): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return
      const [issue] = result.error.issues
      const where = issue && issue.path.length > 0 ? `${JSON.stringify(issue.path.join("."))} of ` : ""
      return fail(c, new CoderError("request-wrong", `Cannot read ${where}the request: ${issue?.message ?? "it is not as expected"}`))
    },
  })
  const metrics = openMetrics(startedAt)
  app.onError(answerError)
  app.use(metrics.count, secureHeaders, sameSite(isLoopback))
  if (token !== undefined) app.use(tokenNeeded(token))
  else app.use(tokenToWrite(reviewToken))
  app.use(
    bodyLimit({maxSize: mostBytes, onError: c => fail(c, new CoderError("input-too-large", `Cannot read the request: expected at most ${mostBytes} bytes`))}),
  )
  app.get("/healthz", c => c.text("ok\n"))
  app.get("/readyz", c => (isReady() ? c.text("ready\n") : c.text("stopping\n", 503)))
  app.get("/metrics", c => c.text(metrics.text(), 200, {"content-type": "text/plain; version=0.0.4; charset=utf-8"}))

  // Not for files, which an ETag would hold whole in memory.
  app.get("/api/*", except("/api/v1/export", etag()))
  addCode(app, store, coder, metrics)
  addReports(app, store, coder)
  addEvents(app, store, coder)
  addTimeline(app, store, coder)
  addPlaces(app, store, coder)
  addExport(app, store, coder)
  addActors(app, store, coder)
  addRuns(app, store)
  const accessOf = accessBy(token, reviewToken)
  addAccess(app, accessOf)
  addCorrections(app, store, coder, accessOf)
  addStories(app, store, coder, today)
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Communique",
      version: coder.info.version,
      description: "Who did what to whom, when, where, in whose words, and how sure it is, with the words of the text that say so.",
    },
  })
  const methods = methodsOf(app)
  app.all("/api/*", c => {
    const allowed = methods(c.req.path)
    if (allowed.length === 0)
      return fail(c, new CoderError("not-found", `Cannot find ${c.req.method} ${c.req.path.slice(0, 200)}: /openapi.json lists what there is`))
    c.header("allow", allowed.join(", "))
    return fail(c, new CoderError("request-wrong", `Cannot ${c.req.method} ${c.req.path.slice(0, 200)}: expected ${allowed.join(" or ")}`), 405)
  })
  addViewer(app, viewer, path => pages.test(path))
  app.notFound(c => fail(c, new CoderError("not-found", `Cannot find ${c.req.method} ${c.req.path.slice(0, 200)}`)))
  return app
}

/** The methods that a path takes, of those that /openapi.json lists; none where there is no such path. */
function methodsOf(app: OpenAPIHono): (path: string) => readonly string[] {
  const routes = app.openAPIRegistry.definitions.flatMap(one => (one.type === "route" ? [one.route] : []))
  const known = routes.map(({method, path}) => ({method: method.toUpperCase(), form: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`)}))
  return path => known.filter(({form}) => form.test(path)).map(({method}) => method)
}
