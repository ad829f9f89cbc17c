import {createRequire} from "node:module"
import type {Place, Source} from "../0-records/index.ts"

const load = createRequire(import.meta.url)

/** As much of the DOM as is read here. */
type Element = {
  readonly textContent: string | null
  readonly innerHTML: string
  getAttribute(name: string): string | null
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/** Reads the news items of a NewsML-G2 document; withdrawn ones (`stat:canceled`, `stat:withheld`) are left out. */
export function readNewsml(xml: string, place: Place): Source[] {
  const {DOMParser} = load("linkedom") as {DOMParser: new () => {parseFromString(xml: string, type: string): Element}}
  const document = new DOMParser().parseFromString(xml, "text/xml")
  return [...document.querySelectorAll("newsItem")].flatMap(item => {
    const first = (...selectors: string[]) => selectors.map(selector => item.querySelector(selector)?.textContent?.trim()).find(text => text)
    if (/cancel|withheld/.test(item.querySelector("pubStatus")?.getAttribute("qcode") ?? "")) return []
    const body = item.querySelector("inlineXML body") ?? item.querySelector("inlineXML")
    const plain = item.querySelector("inlineData")?.textContent ?? ""
    if (!body && plain.trim() === "") return []
    const fields = {
      id: item.getAttribute("guid") ?? undefined,
      title: first("contentMeta headline", "itemMeta title"),
      published: first("contentMeta contentCreated", "itemMeta firstCreated", "itemMeta versionCreated"),
      publisher: first("itemMeta provider name") ?? item.querySelector("itemMeta provider")?.getAttribute("literal") ?? undefined,
    }
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    return [{...given, ...(body ? {html: body.innerHTML} : {text: plain}), place}]
  })
}
