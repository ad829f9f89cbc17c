import {slice} from "../0-records/index.ts"
import {answerOptions, answerRows} from "./answers.ts"
import type {Verb} from "./call.ts"
import {fieldsOf} from "./rows.ts"

export const relate: Verb = {
  name: "relate",
  about: "name the likeliest event between two given sides",
  inputs: "PAIRS.jsonl...",
  notes: [
    'Each line is {"id", "text", "source": [start, end], "target": [start, end]}, offsets in Unicode code points.',
    'Each answer is {"id", "type", "mode", "status", "quad", "confidence", "scores"}, in the same order. - is standard input.',
  ],
  options: answerOptions,
  examples: ["communique relate pairs.jsonl > relations.jsonl", "cat pairs.jsonl | communique relate - --format text"],
  run: call =>
    answerRows(call, {
      code: "pair-unreadable",
      answer: async (row, coder) => {
        const fields = fieldsOf(row, "pair-unreadable")
        const [id, text] = [fields.id(), fields.text("text")]
        const [source, target] = [fields.span("source", text), fields.span("target", text)]
        const {type, mode, status, quad, confidence, scores} = await coder.relate({text, source, target})
        const sides = `${slice(text, ...source)} → ${slice(text, ...target)}`
        return {
          record: {id, type, mode, status, quad, confidence, scores},
          line: [id ?? "", sides, mode === null ? type : `${type}/${mode}`, status, confidence.toFixed(3)].join("  ").trim(),
        }
      },
    }),
}
