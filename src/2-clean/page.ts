import {createRequire} from "node:module"
import {CoderError, type Place} from "../0-records/index.ts"
import {type Metadata, readMetadata} from "./metadata.ts"

/** What a page says of itself, and its text: paragraphs with blank lines between. */
export type Page = Omit<Metadata, "bodies"> & {
  readonly lines: string
  /** All that the page shows, its navigation included. */
  readonly all: string
}

/** As much of the DOM as is read here. */
export type Node = {
  readonly nodeType: number
  readonly localName?: string
  readonly textContent: string | null
  readonly childNodes: Iterable<Node>
}
export type Element = Node & {getAttribute(name: string): string | null; remove(): void}
export type Document = {
  readonly body: Element
  readonly documentElement: {readonly children: Iterable<Element>} | null
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/**
 * Finds the report in an HTML page or fragment.
 *
 * A page goes through Readability; where that finds less than half of what the page's own JSON-LD holds, the latter is
 * taken, and where it finds nothing, all that is not navigation. A fragment, such as a feed's item, is all report. No
 * script runs and nothing is fetched.
 *
 * @throws CoderError `input-unreadable` where elements nest too deep or are too many
 */
export function readPage(html: string, place: Place): Page {
  if (!isPage.test(html.slice(0, 20_000))) {
    const {body} = parse(`<!doctype html><html><body>${html}</body></html>`, place)
    return {lines: textOf(body), all: textOf(body, unseen)}
  }
  const document = parse(html, place)
  const {bodies, ...metadata} = readMetadata(document)
  const all = textOf(document.body, unseen)
  // Readability takes its document apart, so that it gets one of its own
  const found = readable(parse(html, place))
  const stated = bodies.join("\n\n")
  if (found.length < stated.length / 2) return {...metadata, lines: stated, all}
  return {...metadata, lines: found || textOf(document.body), all}
}

const isPage = /<(?:html|head|body|title|meta|!doctype)\b/i

/** Deepest nesting that is read; linkedom and Readability recurse. Pages of outlets stay under 60. */
const deepest = 500

/** Most elements of a page: outlets stay under 10,000, and 20,000 of the slowest kind take Readability five seconds. */
const mostElements = 20_000

const load = createRequire(import.meta.url)

/** Parses into a document of one head and one body. */
function parse(html: string, place: Place): Document {
  refuseOversized(html, place)
  const {parseHTML} = load("linkedom") as {parseHTML(html: string): {document: Document}}
  // htmlparser2 makes a text node of each bracket that opens no tag, in square time
  const sound = html.replace(/<(?![a-zA-Z/!?])/g, "&lt;")
  const {document} = parseHTML(sound)
  const parts = [...(document.documentElement?.children ?? [])].map(({localName}) => localName)
  return parts.join() === "head,body" ? document : parseHTML(shaped(sound)).document
}

/** A page with the tags that it left out: linkedom adds none, and takes what stands outside for lost. */
function shaped(html: string): string {
  const start = html.search(/<(?:body|p|div|main|article|section|table|h1)\b/i)
  const [head, body] = start < 0 ? ["", html] : [html.slice(0, start), html.slice(start)]
  const inner = (part: string) => part.replace(/<!doctype[^<>]{0,500}>|<\/?(?:html|head|body)\b[^<>]{0,2000}>/gi, "")
  return `<!doctype html><html><head>${inner(head)}</head><body>${inner(body)}</body></html>`
}

/** Refuses what would take minutes or end the stack; the depth is an upper bound that costs one look at each tag. */
function refuseOversized(html: string, place: Place): void {
  let count = 0
  let depth = 0
  let pieces = 0
  for (const [, slash, name = ""] of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)|<|&/g)) {
    if (++pieces > mostPieces) throw new CoderError("input-unreadable", `Cannot read the page: found more than ${mostPieces} tags and entities`, place)
    if (name === "") continue
    if (!slash && ++count > mostElements) throw new CoderError("input-unreadable", `Cannot read the page: found more than ${mostElements} elements`, place)
    if (closesItself.test(name)) continue
    depth = slash ? Math.max(0, depth - 1) : depth + 1
    if (depth > deepest) throw new CoderError("input-unreadable", `Cannot read the page: found elements nested more than ${deepest} deep`, place)
  }
}

const closesItself =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|td|th|tr|thead|tbody|tfoot|option|path|circle|rect|use)$/i

/** Most tags, entities and stray brackets of a page: each makes a text node, and 100,000 take two seconds. */
const mostPieces = 100_000

type ReadabilityOf = new (document: Document, options: object) => {parse(): {content: Element | null} | null}

function readable(document: Document): string {
  const {Readability} = load("@mozilla/readability") as {Readability: ReadabilityOf}
  dropMatching(document, furniture)
  const article = new Readability(document, {charThreshold: 250, disableJSONLD: true, serializer: (element: Element) => element}).parse()
  return article?.content ? textOf(article.content) : ""
}

/** What no report is in, whatever its outlet. */
const furniture =
  "script, style, noscript, template, iframe, svg, form, button, figcaption, nav, dialog, [aria-hidden=true], [hidden], [role=navigation], [role=dialog], [role=banner], [role=contentinfo]"

function dropMatching(document: Document, selector: string): void {
  for (const element of [...document.querySelectorAll(selector)]) element.remove()
}

/** The text of an element: blocks stand between blank lines, `<br>` is a line end, white space of the source is a space. */
function textOf(root: Node, without: ReadonlySet<string> = skipped): string {
  const parts: string[] = []
  walk(root, parts, without)
  return parts
    .join("")
    .replace(/[ \n]*\n[ \n]*\n[ \n]*/g, "\n\n")
    .trim()
}

function walk(node: Node, parts: string[], without: ReadonlySet<string>): void {
  if (node.nodeType === 3) {
    parts.push((node.textContent ?? "").replace(/\s+/g, " "))
    return
  }
  if (node.nodeType !== 1 && node.nodeType !== 9 && node.nodeType !== 11) return
  const name = node.localName ?? ""
  if (without.has(name)) return
  if (name === "br") parts.push("\n")
  const isBlock = blocks.has(name)
  if (isBlock) parts.push("\n\n")
  for (const child of node.childNodes) walk(child, parts, without)
  if (isBlock) parts.push("\n\n")
}

/** What a page does not show as text. */
const unseen: ReadonlySet<string> = new Set("script style noscript template iframe svg head title select textarea audio video object".split(" "))

const skipped: ReadonlySet<string> = new Set([...unseen, ..."nav form button figcaption dialog footer".split(" ")])

const blocks: ReadonlySet<string> = new Set(
  "address article aside blockquote body dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table td th tr ul".split(
    " ",
  ),
)
