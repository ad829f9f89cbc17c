import type {Verb} from "./call.ts"
import {codeInputs, codingOptions, inputNotes} from "./coding.ts"
import {ontology, status} from "./options.ts"

export const code: Verb = {
  name: "code",
  about: "print who did what to whom, with the words that say so",
  inputs: "INPUT...",
  notes: inputNotes,
  options: [...codingOptions.slice(0, -3), status, ontology, ...codingOptions.slice(-3)],
  examples: [
    "communique code report.txt --published 2025-12-18",
    "communique code news/ feed.xml https://example.org/story.html --format jsonl > events.jsonl",
    "communique code articles.csv --columns id=doc,text=body,published=date,publisher=source --out events.parquet",
    "communique code report.txt --ontology ontologies/acled-like",
    "cat report.txt | communique code - --status actual --min-confidence 0.5",
  ],
  run: call => codeInputs(call, "events"),
}
