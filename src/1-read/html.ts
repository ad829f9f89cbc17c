import {wholeText} from "./bytes.ts"
import type {Format} from "./format.ts"

/** A web page. Room 2 finds the report in it. */
export const html: Format = {
  name: "html",
  extensions: [".html", ".htm", ".xhtml"],
  types: ["text/html", "application/xhtml+xml"],
  about: "a web page, one report each; title, day, publisher and address come from its metadata",
  async *read(input) {
    const {text, problems} = await wholeText(input)
    yield* problems
    yield {html: text, ...(input.url ? {url: input.url} : {}), place: {input: input.name}}
  },
}
