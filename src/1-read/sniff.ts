import {binaryKind} from "./bytes.ts"
import {decode} from "./charset.ts"
import type {FormatName} from "./format.ts"

/** Guesses the format of bytes that no extension, media type or `--as` names, by how they begin. */
export function sniff(head: Uint8Array): FormatName {
  if (binaryKind(head) === "a Parquet table") return "parquet"
  const text = decode(head)
    .text.replace(/^\ufeff/, "")
    .trimStart()
  if (/^WARC\/1\.[01]\r?\n/.test(text)) return "warc"
  if (/^(?:<\?xml|<rss\b|<feed\b|<rdf:RDF\b|<newsItem\b)/i.test(text)) return /<html\b/i.test(text.slice(0, 2000)) ? "html" : "feed"
  if (/^<(?:!doctype|html|head|body|article|div|p|!--)\b/i.test(text) || /^<!(?:doctype|--)/i.test(text)) return "html"
  if (text.startsWith("[") && /^\[\s*[{\]]/.test(text)) return "json"
  if (text.startsWith("{")) return isObject(text.split("\n", 1)[0] ?? "") ? "jsonl" : "json"
  return "text"
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object"
  } catch {
    return false
  }
}
