import {answerOptions, answerRows} from "./answers.ts"
import type {Verb} from "./call.ts"
import {knowledge} from "./options.ts"
import {fieldsOf} from "./rows.ts"

export const resolve: Verb = {
  name: "resolve",
  about: "say whom a phrase means",
  inputs: "PHRASES.jsonl...",
  notes: [
    'Each line is {"id", "text", "context"?, "date"?}: a phrase, words around it, and the day it was written, YYYY-MM-DD.',
    'Each answer is {"id", "name", "kind", "country", "sector", "code", "basis"}, in the same order; all null where nobody is known. - is standard input.',
  ],
  options: [...answerOptions.slice(0, -2), knowledge, ...answerOptions.slice(-2)],
  examples: ["communique resolve phrases.jsonl > identities.jsonl", `echo '{"id": 1, "text": "the Kremlin"}' | communique resolve -`],
  run: call =>
    answerRows(call, {
      code: "row-unreadable",
      answer: async (row, coder) => {
        const fields = fieldsOf(row, "row-unreadable")
        const id = fields.id()
        const text = fields.text("text")
        const context = fields.optionalText("context")
        const date = fields.optionalText("date")
        const found = coder.resolve({text, ...(context !== undefined && {context}), ...(date !== undefined && {date})})
        const {name, kind, country, sector, code, basis} = found ?? {name: null, kind: null, country: null, sector: null, code: null, basis: null}
        return {
          record: {id, name, kind, country, sector, code, basis},
          line: [id ?? "", text, "→", name ?? "unknown", code === null ? "" : `(${code})`, kind ?? ""].join(" ").trim(),
        }
      },
    }),
}
