// Codes one text and prints each mention with the words that say so.
//   node examples/code-a-report.js
import {openCoder} from "communique"

const coder = await openCoder()
const {events, quotes} = await coder.code({
  text: "Kenya's foreign minister visited Kampala on Monday. “We want peace,” he said after talks with Ugandan officials.",
  published: "2026-03-12",
})
for (const {type, status, actors, recipients, trigger, date} of events) {
  const names = sides => sides.map(({name}) => name).join(" and ") || "nobody named"
  console.log(`${date?.from ?? "no date"}: ${names(actors)} → ${names(recipients)}: ${type}, ${status}, by the words "${trigger.text}"`)
}
for (const {speaker, content} of quotes) console.log(`${speaker?.name ?? "unknown speaker"}: ${content.text}`)
await coder.close()
