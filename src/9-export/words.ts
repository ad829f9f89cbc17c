import {createHash} from "node:crypto"
import type {Actor, Words} from "../0-records/index.ts"
import {isEvent, type Row} from "./layout.ts"

/**
 * The same rows without the report's words, for those who may not hand on texts. Spans stay; a sentence and what was said become
 * the sha256 of their words, so that whoever has the text can check them; the title and all other words become empty. Names stay.
 */
export async function* withoutWords(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) yield isEvent(row) ? bareEvent(row) : bareQuote(row)
}

function bareEvent<Event extends Extract<Row, {trigger: Words}>>(event: Event): Event {
  const {actors, recipients, date, place, trigger, sentence, report} = event
  return {
    ...event,
    actors: actors.map(bareActor),
    recipients: recipients.map(bareActor),
    date: date && (date.text === null ? date : {...date, text: ""}),
    place: place && bare(place),
    trigger: bare(trigger),
    sentence: hashed(sentence),
    report: {...report, title: null},
  }
}

function bareQuote(quote: Exclude<Row, {trigger: Words}>): Row {
  const {content, cue, speaker, sentence, report} = quote
  return {
    ...quote,
    content: hashed(content),
    cue: cue && bare(cue),
    speaker: speaker && bareActor(speaker),
    sentence: hashed(sentence),
    report: {...report, title: null},
  }
}

const bareActor = (actor: Actor): Actor => ({...bare(actor), via: actor.via && bare(actor.via)})

const bare = <Kind extends Words>(words: Kind): Kind => ({...words, text: ""})

const hashed = <Kind extends Words>(words: Kind): Kind => ({...words, text: `sha256:${createHash("sha256").update(words.text).digest("hex")}`})
