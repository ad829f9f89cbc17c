import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {join} from "node:path"
import {CoderError, type Marks, type MentionMark, type Report, type Sentence, type Span, type Status} from "../0-records/index.ts"
import {decode, deedsBetween, likeliest, modeOf, type PassageMarks, type Words, weighed} from "./decode.ts"
import {type Manifest, openManifest} from "./manifest.ts"
import {type Passage, pack} from "./passage.ts"
import {softmax} from "./path.ts"
import {openPieces, type Pieces} from "./pieces.ts"
import {type Inputs, type Outputs, Session} from "./session.ts"
import {casingOf, wordsOf} from "./words.ts"

/** The relation of a given pair, always the likeliest of the types. */
export type Relation = {
  readonly type: string
  readonly mode: string | null
  readonly status: Status
  readonly confidence: number
  readonly scores: Readonly<Record<string, number>>
}

/**
 * Opens the model in `folder`: weights, tokenizer, manifest. Several calls may run at the same time.
 *
 * @param threads  processors that one passage may use
 * @throws CoderError `model-unreadable`, `model-shape-differs`
 */
export async function openModel(folder: string, {threads}: {threads: number}): Promise<Model> {
  const {manifest, weights} = openManifest(folder)
  const tokenizer = readFileSync(join(folder, "tokenizer.json"))
  const hash = `sha256:${createHash("sha256").update(JSON.stringify(manifest)).update(tokenizer).digest("hex")}`
  return new Model(manifest, openPieces(tokenizer.toString("utf8")), await Session.open(weights, manifest, threads), hash)
}

const CLS = 101
const SEP = 102

/** A model that is held open. */
export class Model {
  /** Over manifest (with the hash of the weights) and tokenizer. */
  readonly hash: string
  readonly manifest: Manifest
  readonly #pieces: Pieces
  readonly #session: Session

  constructor(manifest: Manifest, pieces: Pieces, session: Session, hash: string) {
    this.manifest = manifest
    this.hash = hash
    this.#pieces = pieces
    this.#session = session
  }

  /**
   * Marks who, what and when in a report. Batches never mix reports, since the scale of int8 activations spans the batch.
   *
   * @param sentences  those to be marked; words before `report.dateline`'s end are left out
   * @returns the marks, and the sentences that were longer than the window and so were read in parts
   */
  async mark(report: Report, sentences: readonly Sentence[]): Promise<Marks & {readonly cut: ReadonlySet<number>}> {
    const found: PassageMarks = {mentions: [], triggers: [], quotes: []}
    const cut = new Set<number>()
    for (const passage of pack(report.text, withoutDateline(report, sentences), this.#pieces, this.manifest.limit)) {
      append(found, decode(report.text, passage, await this.outputs(report.text, passage), this.manifest))
      for (const {sentence, isPart} of passage) if (isPart) cut.add(sentence)
    }
    return {...found, cut}
  }

  /** The raw logits of one passage of `text`. */
  async outputs(text: string, passage: Passage): Promise<Outputs> {
    const inputs = {ids: [CLS], casing: [0], marks: [0], words: [] as number[]}
    for (const {words, pieces} of passage) {
      for (const [i, word] of words.entries()) {
        inputs.words.push(inputs.ids.length)
        add(inputs, pieces[i] ?? [], casingOf(text.slice(word.start, word.end)), 0)
      }
      add(inputs, [SEP], 0, 0)
    }
    return await this.#session.run(inputs)
  }

  /**
   * Says what `source` does to `target`, two spans of one sentence in UTF-16 units.
   *
   * A text longer than the window is cut around the two.
   * @throws CoderError `pair-unreadable`, where a span holds no word of the text or the two stand too far apart
   */
  async relate(text: string, source: Span, target: Span): Promise<Relation> {
    const {inputs, sides} = this.#pairInputs(text, source, target)
    const {pairType, pairStatus, pairMode} = await this.#session.run(inputs)
    const read = await this.#session.run({...inputs, marks: inputs.marks.map(() => 0)})
    const {labels} = this.manifest
    const scores = weighed(softmax(pairType.data), deedsBetween(read, sides, labels))
    const best = likeliest(scores)
    const type = labels.types[best]!
    return {
      type,
      mode: modeOf(type, softmax(pairMode.data), labels),
      status: labels.statuses[likeliest(pairStatus.data)] as Status,
      confidence: scores[best]!,
      scores: Object.fromEntries(labels.types.map((name, i) => [name, scores[i]!])),
    }
  }

  /** The pieces around a pair, and which of their words each side has: first and past last. */
  #pairInputs(text: string, source: Span, target: Span): {inputs: Inputs; sides: [Words, Words]} {
    const words = wordsOf(text, 0, text.length)
    const isIn = (word: Span, span: Span) => word.start < span.end && word.end > span.start
    const asked = words.flatMap((word, i) => (isIn(word, source) || isIn(word, target) ? [i] : []))
    for (const [name, span] of Object.entries({source, target})) {
      if (!words.some(word => isIn(word, span) && /[\p{L}\p{N}]/u.test(text.slice(word.start, word.end))))
        throw new CoderError("pair-unreadable", `Cannot relate: the ${name} ${span.start}–${span.end} holds no word of the text`)
    }
    const pieces = words.map(({start, end}) => this.#pieces(text.slice(start, end)))
    const [from, to] = around(pieces, asked[0]!, asked.at(-1)! + 1)
    if (to <= asked.at(-1)!)
      throw new CoderError("pair-unreadable", "Cannot relate: source and target stand further apart than the model reads, expected both in one sentence")
    const inputs = {ids: [CLS], casing: [0], marks: [0], words: [] as number[]}
    for (let i = from; i < to; i++) {
      const word = words[i]!
      inputs.words.push(inputs.ids.length)
      add(inputs, pieces[i]!, casingOf(text.slice(word.start, word.end)), isIn(word, target) ? 2 : isIn(word, source) ? 1 : 0)
    }
    add(inputs, [SEP], 0, 0)
    const within = (span: Span): Words => {
      const at = asked.filter(i => isIn(words[i]!, span))
      return {first: at[0]! - from, last: at.at(-1)! + 1 - from}
    }
    return {inputs, sides: [within(source), within(target)]}
  }

  async close(): Promise<void> {
    await this.#session.close()
  }
}

function add(inputs: {ids: number[]; casing: number[]; marks: number[]}, pieces: readonly number[], casing: number, mark: number): void {
  for (const piece of pieces) {
    inputs.ids.push(piece)
    inputs.casing.push(casing)
    inputs.marks.push(mark)
  }
}

/** Pieces around a pair that `relate` reads at most; it was trained on single sentences. */
const pairWindow = 254

/** The widest stretch of words around `first` to `last` that fits the window. */
function around(pieces: readonly (readonly number[])[], first: number, last: number): [number, number] {
  let [from, to, size] = [first, first, 0]
  const fits = (i: number) => size + (pieces[i]?.length ?? 0) <= pairWindow
  while (to < last && fits(to)) size += pieces[to++]!.length
  for (let grew = true; grew; ) {
    grew = false
    if (from > 0 && fits(from - 1)) [size, grew] = [size + pieces[--from]!.length, true]
    if (to < pieces.length && to >= last && fits(to)) [size, grew] = [size + pieces[to++]!.length, true]
  }
  return [from, to]
}

function withoutDateline({dateline}: Report, sentences: readonly Sentence[]): Sentence[] {
  if (!dateline) return [...sentences]
  return sentences.flatMap(sentence => (sentence.end <= dateline.end ? [] : [{...sentence, start: Math.max(sentence.start, dateline.end)}]))
}

/** Adds a passage's marks; its links come to count over the whole report. */
function append(found: PassageMarks, {mentions, triggers, quotes}: PassageMarks): void {
  const offset = found.mentions.length
  const moved = <L extends {mention: number}>(link: L): L => ({...link, mention: link.mention + offset})
  for (const mention of mentions) found.mentions.push({...mention, antecedent: mention.antecedent && moved(mention.antecedent)} satisfies MentionMark)
  for (const trigger of triggers) {
    found.triggers.push({
      ...trigger,
      actors: trigger.actors.map(moved),
      recipients: trigger.recipients.map(moved),
      places: trigger.places.map(moved),
      dates: trigger.dates.map(moved),
    })
  }
  for (const quote of quotes) found.quotes.push({...quote, speaker: quote.speaker && moved(quote.speaker)})
}
