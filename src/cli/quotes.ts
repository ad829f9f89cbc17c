import type {Verb} from "./call.ts"
import {codeInputs, codingOptions, inputNotes} from "./coding.ts"

export const quotes: Verb = {
  name: "quotes",
  about: "print who said what, in whose words",
  inputs: "INPUT...",
  notes: inputNotes,
  options: codingOptions,
  examples: [
    "communique quotes report.txt",
    "communique quotes news/ --format csv --out quotes.csv",
    "curl -s https://example.org/feed.xml | communique quotes - --as rss --min-confidence 0.7",
  ],
  run: call => codeInputs(call, "quotes"),
}
