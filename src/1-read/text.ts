import {wholeText} from "./bytes.ts"
import type {Format} from "./format.ts"

/** Plain text. */
export const text: Format = {
  name: "text",
  extensions: [".txt", ".text"],
  types: ["text/plain"],
  about: "plain text, one report a file; a first line without a full stop, followed by an empty line, is the title",
  async *read(input) {
    const {text, problems} = await wholeText(input)
    yield* problems
    yield {text, ...(input.url ? {url: input.url} : {}), place: {input: input.name}}
  },
}
