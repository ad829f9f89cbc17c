import {wholeText} from "./bytes.ts"
import type {Format} from "./format.ts"
import {columnsOf, sourceOf} from "./row.ts"

/** Markdown. Its syntax goes off in room 2, as it does in any text; what only a Markdown file has is read here. */
export const markdown: Format = {
  name: "markdown",
  extensions: [".md", ".markdown"],
  types: ["text/markdown"],
  about: "Markdown, one report a file; front matter (title, date, url, source) is read, the first # heading is the title",
  async *read(input) {
    const {text, problems} = await wholeText(input)
    yield* problems
    const place = {input: input.name}
    const {front, body} = frontMatter(text)
    const heading = /^\s*# +(.{1,300}?)(?: +#+)?\s*(?:\n|$)/.exec(body)
    const row = {...(heading ? {title: heading[1]} : {}), ...front, text: heading ? body.slice(heading[0].length) : body}
    const source = sourceOf(row, columnsOf(Object.keys(row), {text: "text"}, place), place)
    yield input.url && source.url === undefined ? {...source, url: input.url} : source
  },
}

/** The `key: value` lines between two `---` at the start. */
function frontMatter(text: string): {front: Readonly<Record<string, string>>; body: string} {
  const [whole = "", inner = ""] = /^\s*---\r?\n([\s\S]{0,10000}?)\r?\n---\r?(?:\n|$)/.exec(text) ?? []
  const front: Record<string, string> = {}
  for (const [, key = "", value = ""] of inner.matchAll(/^([A-Za-z][\w-]{0,40}):[ \t]*(.{0,1000})$/gm))
    front[key] = value.trim().replace(/^(["'])(.*)\1$/, "$2")
  return {front, body: text.slice(whole.length)}
}
