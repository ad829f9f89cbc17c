import {createHash} from "node:crypto"
import {readdirSync, readFileSync} from "node:fs"
import {extname, join, sep} from "node:path"
import {fileURLToPath} from "node:url"
import type {OpenAPIHono} from "@hono/zod-openapi"
import {CoderError} from "../0-records/index.ts"

/** Where the built viewer lies in the package. */
export const viewerFolder = fileURLToPath(new URL("../web", import.meta.url))

/** A file of the viewer, held in memory: no request ever names a path on disk. */
type Asset = {readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string; readonly etag: string}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
}

/**
 * Serves the viewer: its files by name, and its one page for the paths that it knows.
 *
 * @param isPage  whether a path is one of the viewer's pages; any other gets the page too, with status 404
 * @throws CoderError `input-missing`, where the viewer was not built
 */
export function addViewer(app: OpenAPIHono, folder: string, isPage: (path: string) => boolean): void {
  const assets = readAssets(folder)
  const page = assets.get("/index.html")
  if (!page) throw new CoderError("input-missing", `Cannot open the viewer: found no index.html in ${folder}, expected what "npm run build" puts there`)
  app.get("*", c => {
    const asset = assets.get(c.req.path)
    const {bytes, type, etag} = asset ?? page
    if (c.req.header("if-none-match") === etag) return c.body(null, 304)
    c.header("etag", etag)
    c.header("content-type", type)
    // Names under assets/ change with what they hold.
    c.header("cache-control", c.req.path.startsWith("/assets/") && asset ? "public, max-age=31536000, immutable" : "no-cache")
    return c.body(bytes, asset || isPage(c.req.path) ? 200 : 404)
  })
}

function readAssets(folder: string): Map<string, Asset> {
  const names = readdirSync(folder, {recursive: true, encoding: "utf8", withFileTypes: false}).filter(name => types[extname(name)])
  return new Map(
    names.map(name => {
      const bytes = new Uint8Array(readFileSync(join(folder, name)))
      const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}"`
      return [`/${name.split(sep).join("/")}`, {bytes, type: types[extname(name)]!, etag}]
    }),
  )
}
