import {type Actor, type EventRecord, type Identity, type Mention, type Quote, type ReportRef, type Span, slice} from "../0-records/index.ts"

/** A report with its rows as reviewers left them, and every mention that the coder marks in its text. */
export type Reviewed = {
  readonly report: ReportRef
  readonly text: string
  readonly sentences: readonly Span[]
  readonly events: readonly EventRecord[]
  readonly quotes: readonly Quote[]
  readonly mentions: readonly Mention[]
}

/** An annotated document. Form and rules: corpus/GUIDE.md. */
export type Annotated = {
  readonly id: string
  readonly title: string
  readonly date: string | null
  readonly source: string
  readonly license: string | null
  readonly entities: readonly Entity[]
  readonly sentences: readonly AnnotatedSentence[]
}

type Entity = {readonly id: string; readonly name: string; readonly kind: string; readonly country: string | null; readonly sector: string | null}

type AnnotatedSentence = {
  readonly text: string
  readonly m: readonly (readonly [id: string, words: string, entity: string | null])[]
  readonly e: readonly {
    readonly type: string
    readonly mode: string | null
    readonly trig: string
    readonly act: readonly string[]
    readonly rec: readonly string[]
    readonly status: string
    readonly date: string | null
    readonly place: readonly string[]
    readonly ctx: readonly string[]
  }[]
  readonly q: readonly {readonly kind: string; readonly cue: string | null; readonly speaker: string | null; readonly content: string}[]
}

/** Whom words mean, for mentions that are in no row; `undefined` where nobody knows. */
export type Identify = (words: string) => Identity | undefined

/**
 * Writes a reviewed report as an annotated document. A side that is known through another sentence is annotated by the words of its own
 * sentence that lead there, as the guide asks, or left out where there are none.
 *
 * @param license  under which the text may be handed on; `null` where nobody said
 */
export function annotate({report, text, sentences, events, quotes, mentions}: Reviewed, identify: Identify, license: string | null): Annotated {
  const entities = newEntities()
  return {
    id: report.id,
    title: report.title ?? "",
    date: report.published,
    source: report.url ?? report.publisher ?? "store",
    license,
    sentences: sentences.map(sentence => {
      const within = ({start, end}: Span) => start >= sentence.start && end <= sentence.end
      return annotateSentence(
        {start: sentence.start, text: slice(text, sentence.start, sentence.end)},
        {
          events: events.filter(event => within(event.trigger)),
          quotes: quotes.filter(({content}) => within(content)),
          mentions: mentions.filter(within),
          within,
        },
        entities,
        identify,
      )
    }),
    entities: entities.list,
  }
}

type Of = {
  readonly events: readonly EventRecord[]
  readonly quotes: readonly Quote[]
  readonly mentions: readonly Mention[]
  readonly within: (span: Span) => boolean
}

function annotateSentence(
  sentence: {start: number; text: string},
  {events, quotes, mentions, within}: Of,
  entities: Entities,
  identify: Identify,
): AnnotatedSentence {
  const held = new Map<string, {span: Span; entity: string | null; id: string}>()
  const hold = (span: Span, entity: () => string | null) => {
    const key = `${span.start}-${span.end}`
    if (!held.has(key)) held.set(key, {span: {start: span.start, end: span.end}, entity: entity(), id: ""})
    return held.get(key)!
  }
  const write = (span: Span) => written(sentence.text, span.start - sentence.start, span.end - sentence.start)
  const sidesOf = (actors: readonly Actor[]) =>
    actors.flatMap(actor => {
      const span = within(actor) ? actor : actor.via && within(actor.via) ? actor.via : undefined
      // Several sides of the same words, as of "both sides", are one mention.
      const isGroup = actors.some(other => other !== actor && other.start === actor.start)
      return span ? [hold(span, () => entities.of(isGroup ? groupOf(actor) : actor))] : []
    })
  const marked = events.map(event => ({
    event,
    act: sidesOf(event.actors),
    rec: sidesOf(event.recipients),
    place: event.place && within(event.place) ? [hold(event.place, () => null)] : [],
    date: dateOf(event, within),
  }))
  for (const {date} of marked) if (date) hold(date, () => null)
  const spoken = quotes.map(quote => ({quote, speaker: quote.speaker ? sidesOf([quote.speaker])[0] : undefined}))
  const overlaps = (one: Span, other: Span) => one.start < other.end && other.start < one.end
  const taken = [...held.values()].map(({span}) => span)
  for (const mention of mentions) {
    if (taken.some(span => overlaps(span, mention))) continue
    hold(mention, () => (mention.kind === "actor" ? entities.of(identify(mention.text) ?? {...nobody, name: mention.text}) : null))
  }
  const inOrder = [...held.values()].toSorted((one, other) => one.span.start - other.span.start || other.span.end - one.span.end)
  for (const [at, mention] of inOrder.entries()) mention.id = letters(at)
  const ids = (some: readonly {id: string}[]) => [...new Set(some.map(({id}) => id))]
  return {
    text: sentence.text,
    m: inOrder.map(({id, span, entity}) => [id, write(span), entity]),
    e: marked.map(({event: {type, mode, trigger, status, contexts}, act, rec, place, date}) => ({
      ...{type, mode, trig: write(trigger), act: ids(act), rec: ids(rec), status, date: date && write(date), place: ids(place), ctx: contexts.slice(0, 3)},
    })),
    q: spoken.map(({quote: {kind, cue, content}, speaker}) => ({
      ...{kind, cue: cue && within(cue) ? write(cue) : null, speaker: speaker?.id ?? null, content: write(content)},
    })),
  }
}

const nobody = {kind: "other", country: null, sector: null} as const

const groupOf = ({text, sector}: Actor) => ({name: text, kind: "group", country: null, sector})

function dateOf({date}: EventRecord, within: (span: Span) => boolean): Span | null {
  if (!date || date.start === null || date.end === null) return null
  const span = {start: date.start, end: date.end}
  return within(span) ? span : null
}

type Entities = {readonly list: Entity[]; readonly of: (who: Omit<Entity, "id">) => string}

function newEntities(): Entities {
  const list: Entity[] = []
  return {
    list,
    of({name, kind, country, sector}) {
      const known = list.find(entity => entity.name === name && entity.country === country && entity.sector === sector)
      if (known) return known.id
      const id = `E${list.length + 1}`
      list.push({id, name, kind, country, sector})
      return id
    },
  }
}

/** "China", or "China#2" where these words stand in the sentence before. Offsets count code points. */
function written(sentence: string, start: number, end: number): string {
  const words = slice(sentence, start, end)
  const before = slice(sentence, 0, start).length
  let nth = 1
  for (let at = sentence.indexOf(words); at >= 0 && at < before; at = sentence.indexOf(words, at + 1)) nth++
  return nth === 1 && !/#\d+$/.test(words) ? words : `${words}#${nth}`
}

/** a … z, aa … */
function letters(at: number): string {
  return (at >= 26 ? letters(Math.floor(at / 26) - 1) : "") + String.fromCharCode(97 + (at % 26))
}
