import type {Document, Element} from "./page.ts"

/** What a page says of itself. */
export type Metadata = {
  readonly title?: string
  /** As the page wrote it. */
  readonly published?: string
  /** The canonical address, where it is absolute and of the web. */
  readonly url?: string
  readonly publisher?: string
  /** The report's text as JSON-LD states it: one of an article, each entry of a live blog. */
  readonly bodies: readonly string[]
}

/** Reads JSON-LD first, then OpenGraph and other `<meta>`, then the page's own elements. */
export function readMetadata(document: Document): Metadata {
  const article = articleOf(document)
  const meta = (...names: string[]) =>
    first(names.map(name => attribute(document, `meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`, "content")))
  const publisher = first([nameOf(article.publisher), meta("og:site_name", "application-name", "dc.publisher", "DC.publisher")])
  const title = first([text(article.headline), meta("og:title", "twitter:title", "dc.title", "DC.title"), content(document, "h1"), content(document, "title")])
  const published = first([
    text(article.datePublished),
    meta(
      "article:published_time",
      "og:article:published_time",
      "datePublished",
      "date",
      "pubdate",
      "publish-date",
      "dc.date",
      "DC.date",
      "DC.date.issued",
      "parsely-pub-date",
      "sailthru.date",
    ),
    attribute(document, "time[itemprop=datePublished], time[pubdate], article time[datetime], header time[datetime], time[datetime]", "datetime"),
    content(document, "article time, header time"),
  ])
  const url = first(
    [attribute(document, "link[rel=canonical]", "href"), meta("og:url"), text(article.url)].map(address =>
      /^https?:\/\//i.test(address ?? "") ? address : undefined,
    ),
  )
  const updates = list(article.liveBlogUpdate).map(update => text(record(update).articleBody))
  const bodies = [text(article.articleBody), ...updates].filter(body => body !== undefined)
  return {bodies, ...given({title: title && withoutOutlet(title, publisher), published, url, publisher})}
}

/** The first JSON-LD object that is an article; a block that is no JSON is passed over, as browsers do. */
function articleOf(document: Document): Readonly<Record<string, unknown>> {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    let data: unknown
    try {
      data = JSON.parse(script.textContent ?? "")
    } catch {
      continue
    }
    const article = list(data)
      .flatMap(item => [record(item), ...list(record(item)["@graph"]).map(record)])
      .find(isArticle)
    if (article) return article
  }
  return {}
}

const isArticle = (item: Readonly<Record<string, unknown>>) =>
  list(item["@type"]).some(type => /(?:Article|LiveBlogPosting|BlogPosting|Report)$/.test(String(type)))

const record = (value: unknown) => (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value])

const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : undefined)

const nameOf = (value: unknown) => text(value) ?? text(record(list(value)[0]).name)

const first = (values: readonly (string | undefined)[]) => values.find(value => value !== undefined)

function attribute(document: Document, selector: string, name: string): string | undefined {
  for (const element of document.querySelectorAll(selector) as Iterable<Element>) {
    const value = text(element.getAttribute(name))
    if (value) return value.trim()
  }
  return undefined
}

function content(document: Document, selector: string): string | undefined {
  return text(document.querySelector(selector)?.textContent)
}

/** "Talks resume | Example News" without the outlet. */
function withoutOutlet(title: string, publisher: string | undefined): string {
  const at = publisher === undefined ? -1 : title.lastIndexOf(publisher)
  if (at <= 0 || at + (publisher?.length ?? 0) < title.trimEnd().length) return title
  return title.slice(0, at).replace(/\s*[|–—·:-]\s*$/, "")
}

/** Only the fields that have a value. */
function given<T extends object>(fields: T): {[K in keyof T]?: NonNullable<T[K]>} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {[K in keyof T]?: NonNullable<T[K]>}
}
