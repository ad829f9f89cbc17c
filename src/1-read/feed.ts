import {CoderError, type Place, type Source} from "../0-records/index.ts"
import {wholeText} from "./bytes.ts"
import type {Format} from "./format.ts"
import {readNewsml} from "./newsml.ts"

/** needs/security.md: bytes of a feed, depth of its elements, items of it that are read. */
const mostFeed = 15 * 1024 * 1024
const deepest = 100
const mostItems = 5000

/** RSS, RDF, Atom and NewsML-G2. */
export const feed: Format = {
  name: "feed",
  extensions: [".xml", ".rss", ".atom", ".rdf", ".newsml"],
  types: ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml", "application/vnd.iptc.g2.newsitem+xml"],
  about: "RSS, RDF, Atom or NewsML-G2, one report an item: its full content, else its description; links are not followed",
  async *read(input) {
    const place = {input: input.name}
    const {text, problems} = await wholeText(input, mostFeed)
    yield* problems
    refuseTricks(text, place)
    const items = /<newsItem\b/.test(text.slice(0, 4096)) ? readNewsml(text, place) : await readFeed(text, place, input.url)
    if (items.length === 0) throw new CoderError("text-empty", `Cannot read ${input.name}: the feed has no item with a text`, place)
    yield* items.slice(0, mostItems)
    if (items.length > mostItems) {
      throw new CoderError("input-too-large", `Cannot read the whole of ${input.name}: found ${items.length} items, read the first ${mostItems}`, place)
    }
  },
}

/** Refuses entity declarations, which can grow without bound or name files, and nesting that no feed has. */
function refuseTricks(text: string, place: Place): void {
  if (/<!ENTITY\b/i.test(text)) throw new CoderError("input-unreadable", "Cannot read the feed: it declares entities, which are refused", place)
  let depth = 0
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const closing = text.startsWith("<![CDATA[", at) ? "]]>" : text.startsWith("<!--", at) ? "-->" : ">"
    const end = text.indexOf(closing, at)
    if (end < 0) return
    const isElement = /[A-Za-z_]/.test(text[at + 1] ?? "")
    if (isElement && text[end - 1] !== "/") depth++
    if (text[at + 1] === "/") depth--
    if (depth > deepest) throw new CoderError("input-unreadable", `Cannot read the feed: found elements nested more than ${deepest} deep`, place)
    at = end
  }
}

async function readFeed(text: string, place: Place, address: string | undefined): Promise<Source[]> {
  const {parseFeed} = await import("feedsmith")
  let parsed: {readonly format: string; readonly feed: unknown}
  try {
    parsed = parseFeed(text)
  } catch (error) {
    throw new CoderError("input-unreadable", "Cannot read the feed: expected RSS, RDF, Atom or NewsML-G2", place, {cause: error})
  }
  const items = parsed.format === "atom" ? atomItems(parsed.feed as Atom) : rssItems(parsed.feed as Rss)
  return items.flatMap(({content, link, ...item}) => {
    if (content === undefined || content.trim() === "") return []
    const url = absolute(link, address)
    const given = Object.entries({...item, url}).filter(([, value]) => value !== undefined && value !== "")
    return [{...Object.fromEntries(given), [/<\/?[a-z][^<>]*>/i.test(content) ? "html" : "text"]: content, place}]
  })
}

/** What is read of an item, whatever the kind of feed; `link` may be relative. */
type Item = {readonly [field in "id" | "title" | "published" | "publisher" | "content" | "link"]: string | undefined}

/** As much of feedsmith's RSS and RDF as is read here. */
type Rss = {
  readonly title?: string | undefined
  readonly items?: readonly {
    readonly title?: string | undefined
    readonly link?: string | undefined
    readonly description?: string | undefined
    readonly pubDate?: string | undefined
    readonly guid?: {readonly value?: string | undefined} | undefined
    readonly content?: {readonly encoded?: string | undefined} | undefined
    readonly dc?: {readonly dates?: readonly string[] | undefined} | undefined
  }[]
}

function rssItems({title: publisher, items = []}: Rss): Item[] {
  return items.map(({title, link, description, pubDate, guid, content, dc}) => ({
    id: guid?.value,
    title,
    published: pubDate ?? dc?.dates?.[0],
    publisher,
    content: content?.encoded || description,
    link: link ?? (/^https?:/.test(guid?.value ?? "") ? guid?.value : undefined),
  }))
}

type Text = {readonly value?: string | undefined} | undefined

/** As much of feedsmith's Atom as is read here. */
type Atom = {
  readonly title?: Text
  readonly entries?: readonly {
    readonly id?: string | undefined
    readonly title?: Text
    readonly published?: string | undefined
    readonly updated?: string | undefined
    readonly content?: Text
    readonly summary?: Text
    readonly links?: readonly {readonly href?: string | undefined; readonly rel?: string | undefined}[] | undefined
    readonly source?: {readonly title?: Text} | undefined
  }[]
}

function atomItems({title: publisher, entries = []}: Atom): Item[] {
  return entries.map(({id, title, published, updated, content, summary, links = [], source}) => ({
    id,
    title: title?.value,
    published: published ?? updated,
    publisher: source?.title?.value ?? publisher?.value,
    content: content?.value || summary?.value,
    link: links.find(({rel}) => rel === undefined || rel === "alternate")?.href,
  }))
}

/** The address of an item, where it is one of the web or is relative to the feed's. */
function absolute(link: string | undefined, base: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link, base)) return undefined
  const url = new URL(link, base)
  return /^https?:$/.test(url.protocol) ? url.href : undefined
}
