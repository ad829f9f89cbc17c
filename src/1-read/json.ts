import {CoderError} from "../0-records/index.ts"
import {wholeText} from "./bytes.ts"
import type {Format} from "./format.ts"
import {rowOrProblem} from "./jsonl.ts"

/** Most bytes of a JSON document, which is held whole: larger ones are better as JSON Lines. */
const mostJson = 64 * 1024 * 1024

/** A JSON document: a row, a list of rows, or an object that holds such a list. */
export const json: Format = {
  name: "json",
  extensions: [".json", ".ninjs"],
  types: ["application/json", "application/feed+json"],
  about: "a JSON document: one row, a list of rows, or an object with one (articles, items, results); ninjs, NewsAPI and JSON Feed among them",
  async *read(input, {columns}) {
    const {text, problems} = await wholeText(input, mostJson)
    yield* problems
    const place = {input: input.name}
    let document: unknown
    try {
      document = JSON.parse(text)
    } catch (error) {
      throw new CoderError("row-unreadable", `Cannot read ${input.name} as JSON: ${error instanceof Error ? error.message.slice(0, 120) : ""}`, place, {
        cause: error,
      })
    }
    const rows = rowsOf(document)
    for (const [at, row] of rows.entries()) yield rowOrProblem(() => plainRow(row), columns, rows.length > 1 ? {...place, line: at + 1} : place)
  },
}

/** The rows of a document, at most two lists deep: Event Registry has `articles.results`. */
function rowsOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document
  for (const name of ["articles", "items", "results", "docs", "data", "rows", "stories"]) {
    const inner = (document as Readonly<Record<string, unknown>> | null)?.[name]
    if (Array.isArray(inner)) return inner
    if (name === "articles" && typeof inner === "object" && inner !== null) return rowsOf(inner)
  }
  return [document]
}

/** ninjs 2 and 3 list headlines and bodies, one a rendering: the plain text one is taken, else the first. */
function plainRow(row: unknown): unknown {
  if (typeof row !== "object" || row === null) return row
  const {headlines, bodies} = row as {headlines?: unknown; bodies?: unknown}
  if (!Array.isArray(headlines) && !Array.isArray(bodies)) return row
  const body = renderings(bodies).find(({contenttype}) => contenttype === "text/plain") ?? renderings(bodies)[0]
  const isHtml = /html/.test(body?.contenttype ?? "")
  return {...row, headline: renderings(headlines)[0]?.value, [isHtml ? "html" : "text"]: body?.value}
}

type Rendering = {readonly value?: string; readonly contenttype?: string}

function renderings(list: unknown): Rendering[] {
  if (!Array.isArray(list)) return []
  return list.map(item => ({value: item?.value, contenttype: item?.contenttype ?? item?.contentType}))
}
