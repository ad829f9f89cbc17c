import {CoderError, type Place, type Source} from "../0-records/index.ts"

/** The fields of a row, each with the names that outlets and tools give it, surest first. */
export const fieldNames = {
  id: ["id", "guid", "uuid", "doc_id", "document_id", "article_id", "story_id", "uri"],
  text: ["text", "body", "content", "event_text", "body_text", "content_text", "article_text", "full_text", "article_body", "maintext", "story"],
  html: ["html", "body_html", "content_html", "body_xhtml"],
  title: ["title", "headline"],
  published: [
    "published",
    "published_at",
    "date_published",
    "publication_date",
    "publish_date",
    "pub_date",
    "date",
    "datetime",
    "date_time",
    "version_created",
    "created_at",
    "timestamp",
  ],
  url: ["url", "link", "web_url", "source_url", "canonical_url"],
  publisher: ["publisher", "source", "outlet", "source_name", "newspaper", "site", "domain"],
} as const

export type Field = keyof typeof fieldNames

/** Which column each field is read from. */
export type Columns = Readonly<Partial<Record<Field, string>>>

/**
 * Settles which columns hold which fields: the named ones, else the obvious ones, whatever case and underscores.
 *
 * @throws CoderError `column-missing` where a named column is none of `have`, or no column holds the text
 */
export function columnsOf(have: readonly string[], named: Readonly<Record<string, string>>, place: Place): Columns {
  const found: Partial<Record<Field, string>> = {}
  for (const [field, column] of Object.entries(named)) {
    const actual = have.find(name => name === column) ?? have.find(name => name.toLowerCase() === column.toLowerCase())
    if (actual === undefined || !isField(field)) throw missing(isField(field) ? `the column "${column}"` : `the field "${field}"`, have, place)
    found[field] = actual
  }
  for (const field of Object.keys(fieldNames).filter(isField)) {
    // whoever names the text's column means no other
    if (found[field] === undefined && !(field === "html" && named.text)) Object.assign(found, obvious(field, have))
  }
  if (found.text === undefined && found.html === undefined) throw missing('a column for "text" or "html", to be named with --columns text=NAME', have, place)
  return found
}

/**
 * Makes a source of a row.
 *
 * @param row  values by column name; absent and `null` mean the same, numbers become strings
 * @throws CoderError `row-unreadable` where it has no text
 */
export function sourceOf(row: Readonly<Record<string, unknown>>, columns: Columns, place: Place): Source {
  const value = (field: Field) => (columns[field] === undefined ? undefined : plain(row[columns[field]]))
  const text = value("text")
  const html = value("html")
  if (text === undefined && html === undefined) {
    const column = columns.text ?? columns.html
    const isEmpty = column !== undefined && column in row
    throw new CoderError("row-unreadable", `Cannot read the row: expected a text, found ${isEmpty ? `none in "${column}"` : found(row)}`, place)
  }
  const fields = {id: value("id"), title: value("title"), published: value("published"), url: value("url"), publisher: value("publisher")}
  const given = Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined))
  return {...given, ...(html === undefined ? {text: text ?? ""} : {html}), place}
}

function found(row: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(row).slice(0, 12)
  return names.length === 0 ? "no field" : names.map(name => `"${name.slice(0, 40)}"`).join(", ")
}

function missing(what: string, have: readonly string[], place: Place): CoderError {
  const names = have.slice(0, 40).map(name => `"${name}"`)
  return new CoderError("column-missing", `Cannot find ${what}: the table has ${names.join(", ") || "no columns"}`, place)
}

function obvious(field: Field, have: readonly string[]): Columns {
  const bare = (name: string) => name.toLowerCase().replace(/[_\s.-]/g, "")
  for (const name of fieldNames[field]) {
    const actual = have.find(column => bare(column) === bare(name))
    if (actual !== undefined) return {[field]: actual}
  }
  return {}
}

function isField(name: string): name is Field {
  return name in fieldNames
}

/** A value as text; of an object (NewsAPI's `source`, schema.org's `publisher`) its name. */
function plain(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value
  if (typeof value === "number" || typeof value === "bigint") return String(value)
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
  const {name, title, value: inner} = value as Readonly<Record<string, unknown>>
  return [name, title, inner].find(text => typeof text === "string" && text !== "") as string | undefined
}
