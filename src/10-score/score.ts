import {chance} from "./chance.ts"
import type {Answer} from "./found.ts"
import {type Gold, isReport} from "./gold.ts"
import {type Counts, type Judged, judge, type Measure, measures, type Pair} from "./match.ts"

/** A document and what a coder found in it. */
export type Compared = {readonly gold: Gold; readonly answer: Answer}

/** `f1` is `null` where nothing is in gold and nothing found; `interval` is where 95 of 100 draws of documents put it. */
export type Figure = {
  readonly right: number
  readonly found: number
  readonly gold: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  readonly interval: readonly [number, number] | null
}

export type GroupName = "all" | "items" | "single" | "reports"

/** Documents of one length: items of one to three sentences (of one alone: `single`), reports of four or more. */
export type Group = {
  readonly name: GroupName
  readonly documents: number
  readonly sentences: number
  readonly events: number
  readonly figures: Readonly<Partial<Record<Measure, Figure>>>
}

/** Rows whose confidence falls between `from` and `to`: what they said on average, and how many were right. */
export type Bin = {readonly from: number; readonly to: number; readonly rows: number; readonly said: number; readonly right: number}

export type Calibration = {
  /** Expected calibration error: the mean distance of said and right over the bins, weighted by their rows (Naeini, Cooper and Hauskrecht 2015). */
  readonly error: number
  readonly bins: readonly Bin[]
  /** The error among the rows of each status that the coder told, in five bins. */
  readonly statuses: readonly {readonly status: string; readonly rows: number; readonly error: number}[]
  /** What is kept where rows of less confidence are left out. */
  readonly trade: readonly {readonly least: number; readonly rows: number; readonly precision: number; readonly recall: number}[]
}

/** What went wrong with one event. */
export type Fault = "missed" | "extra" | "type" | "actor" | "recipient" | "both sides"

export type Mistake = {
  readonly fault: Fault
  readonly document: string
  readonly sentence: number
  readonly text: string
  /** `TYPE "trigger" actor → recipient`, in the words of the text; `null` where there is none. */
  readonly gold: string | null
  readonly found: string | null
  readonly confidence: number | null
}

export type Scores = {
  readonly documents: number
  readonly sentences: number
  readonly draws: number
  readonly seed: number
  readonly groups: readonly Group[]
  readonly types: readonly {readonly type: string; readonly typed: Figure; readonly full: Figure}[]
  /** Gold type → found type → rows; `none` for what was missed, or is extra. */
  readonly confusion: Table
  readonly statuses: Table
  readonly calibration: Calibration | null
  readonly faults: readonly {readonly fault: Fault; readonly events: number}[]
  readonly mistakes: readonly Mistake[]
}

/** Counts by gold label (row) and found label (column). */
export type Table = {readonly labels: readonly string[]; readonly cells: readonly (readonly number[])[]}

/** `omit` names layers that the coder gave no rows of, so that they are not scored; `mistakes` is how many are shown of each kind. */
export type ScoreOptions = {readonly omit?: ReadonlySet<Measure>; readonly mistakes?: number; readonly draws?: number; readonly seed?: number}

const defaultDraws = 1000

/**
 * Scores a coder on annotated documents.
 *
 * Intervals are percentiles of F1 over draws of whole documents with replacement (Efron and Tibshirani 1993, An Introduction to the
 * Bootstrap, ch. 13), since events of one document go right and wrong together.
 */
export function score(compared: readonly Compared[], {omit = new Set(), mistakes = 20, draws = defaultDraws, seed = 1}: ScoreOptions = {}): Scores {
  const judged = compared.map(judgeDocument)
  const shown = measures.map(({name}) => name).filter(name => !omit.has(name))
  const groups = groupNames.flatMap(name => {
    const own = judged.filter(({gold}) => isIn(gold, name))
    return own.length === 0 ? [] : [groupOf(name, own, shown, draws, seed)]
  })
  const pairs = judged.flatMap(({sentences}) => sentences.flatMap(({pairs}) => pairs))
  const types = [...new Set(pairs.flatMap(({gold, found}) => [gold, found].flatMap(one => one?.type ?? [])))].sort()
  const perType = figuresOf(
    judged.map(({sentences}) => types.flatMap(type => [typed(sentences, type, () => true), typed(sentences, type, pair => pair.actor && pair.recipient)])),
    draws,
    seed,
  )
  const all = mistakesOf(judged)
  const faults = [...new Set(all.map(({fault}) => fault))].map(fault => ({fault, events: all.filter(one => one.fault === fault).length}))
  return {
    documents: judged.length,
    sentences: judged.reduce((sum, {sentences}) => sum + sentences.length, 0),
    draws,
    seed,
    groups,
    types: types.map((type, at) => ({type, typed: perType[2 * at]!, full: perType[2 * at + 1]!})),
    confusion: tableOf(pairs.map(({gold, found}) => [gold?.type ?? none, found?.type ?? none])),
    statuses: tableOf(pairs.flatMap(({gold, found}) => (gold && found?.status && gold.type === found.type ? [[gold.status, found.status]] : []))),
    calibration: calibrationOf(pairs),
    faults: faults.sort((one, other) => other.events - one.events),
    mistakes: faults.flatMap(({fault}) => all.filter(one => one.fault === fault).slice(0, mistakes)),
  }
}

/** The label of no event, in a table. */
export const none = "none"

const groupNames: readonly GroupName[] = ["all", "items", "single", "reports"]

function isIn(gold: Gold, name: GroupName): boolean {
  if (name === "all") return true
  if (name === "single") return gold.sentences.length === 1
  return isReport(gold) === (name === "reports")
}

type JudgedDocument = {readonly gold: Gold; readonly sentences: readonly Judged[]}

function judgeDocument({gold, answer}: Compared): JudgedDocument {
  return {gold, sentences: gold.sentences.map((sentence, at) => judge(sentence, answer.sentences[at]!))}
}

function groupOf(name: GroupName, documents: readonly JudgedDocument[], shown: readonly Measure[], draws: number, seed: number): Group {
  const figures = figuresOf(
    documents.map(document => countsOf(document, shown)),
    draws,
    seed,
  )
  return {
    name,
    documents: documents.length,
    sentences: documents.reduce((sum, {gold}) => sum + gold.sentences.length, 0),
    events: documents.reduce((sum, {gold}) => sum + gold.sentences.reduce((events, sentence) => events + sentence.events.length, 0), 0),
    figures: Object.fromEntries(shown.map((measure, at) => [measure, figures[at]!])),
  }
}

const countsOf = ({sentences}: JudgedDocument, shown: readonly Measure[]): Counts[] => shown.map(name => sum(sentences.map(({counts}) => counts[name])))

const sum = (counts: readonly Counts[]) => counts.reduce<Counts>(([a, b, c], [x, y, z]) => [a + x, b + y, c + z], [0, 0, 0])

function typed(sentences: readonly Judged[], type: string, isRight: (pair: Pair) => boolean): Counts {
  const pairs = sentences.flatMap(({pairs}) => pairs)
  return [
    pairs.filter(pair => pair.gold?.type === type && pair.found?.type === type && isRight(pair)).length,
    pairs.filter(({found}) => found?.type === type).length,
    pairs.filter(({gold}) => gold?.type === type).length,
  ]
}

/** @param rows  a document each: its counts, a figure each */
function figuresOf(rows: readonly (readonly Counts[])[], draws: number, seed: number): Figure[] {
  const width = rows[0]?.length ?? 0
  const drawn = Array.from({length: width}, (): number[] => [])
  const flat = flatten(rows, width)
  const random = chance(seed)
  for (let draw = 0; draw < draws; draw++) {
    const totals = new Float64Array(3 * width)
    for (let n = 0; n < rows.length; n++) add(totals, flat, Math.floor(random() * rows.length))
    for (let at = 0; at < width; at++) {
      const value = f1Of(totals, at)
      if (value !== null) drawn[at]!.push(value)
    }
  }
  return Array.from({length: width}, (_, at) => {
    const [right, found, gold] = sum(rows.map(row => row[at]!))
    return {right, found, gold, precision: ratio(right, found), recall: ratio(right, gold), f1: ratio(2 * right, found + gold), interval: middle(drawn[at]!)}
  })
}

function flatten(rows: readonly (readonly Counts[])[], width: number): Float64Array[] {
  return rows.map(row => Float64Array.from({length: 3 * width}, (_, at) => row[Math.floor(at / 3)]![at % 3]!))
}

function totalOf(flat: readonly Float64Array[], size: number): Float64Array {
  const totals = new Float64Array(size)
  for (let row = 0; row < flat.length; row++) add(totals, flat, row)
  return totals
}

function add(totals: Float64Array, flat: readonly Float64Array[], row: number): void {
  const own = flat[row]!
  for (let at = 0; at < own.length; at++) totals[at]! += own[at]!
}

const f1Of = (totals: Float64Array, at: number) => ratio(2 * totals[3 * at]!, totals[3 * at + 1]! + totals[3 * at + 2]!)

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** From the 2.5th to the 97.5th percentile. */
function middle(values: number[]): readonly [number, number] | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))]!
  return [at(0.025), at(0.975)]
}

function tableOf(pairs: readonly (readonly string[])[]): Table {
  const labels = [...new Set(pairs.flat())].sort((one, other) => Number(one === none) - Number(other === none) || (one < other ? -1 : 1))
  const cells = labels.map(() => labels.map(() => 0))
  for (const [gold = "", found = ""] of pairs) cells[labels.indexOf(gold)]![labels.indexOf(found)]!++
  return {labels, cells}
}

function calibrationOf(pairs: readonly Pair[]): Calibration | null {
  const rows = pairs.flatMap(({found, actor, recipient}) =>
    found && found.confidence !== null ? [{said: found.confidence, isRight: actor && recipient, status: found.status ?? "unknown"}] : [],
  )
  if (rows.length === 0) return null
  const gold = pairs.filter(pair => pair.gold).length
  const statuses = [...new Set(rows.map(({status}) => status))].sort()
  const leasts = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
  return {
    error: errorOf(binsOf(rows, 10)),
    bins: binsOf(rows, 10),
    statuses: statuses.map(status => {
      const own = rows.filter(row => row.status === status)
      return {status, rows: own.length, error: errorOf(binsOf(own, 5))}
    }),
    trade: leasts.flatMap(least => {
      const kept = rows.filter(({said}) => said >= least)
      const right = kept.filter(({isRight}) => isRight).length
      return kept.length === 0 ? [] : [{least, rows: kept.length, precision: right / kept.length, recall: gold === 0 ? 0 : right / gold}]
    }),
  }
}

type Said = {readonly said: number; readonly isRight: boolean}

/** Bins of equal width that hold a row. */
function binsOf(rows: readonly Said[], count: number): Bin[] {
  return Array.from({length: count}, (_, at) => at).flatMap(at => {
    const own = rows.filter(({said}) => Math.min(count - 1, Math.floor(said * count)) === at)
    if (own.length === 0) return []
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    return [{from: at / count, to: (at + 1) / count, rows: own.length, said: mean(own.map(({said}) => said)), right: mean(own.map(row => Number(row.isRight)))}]
  })
}

function errorOf(bins: readonly Bin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0)
  return bins.reduce((sum, bin) => sum + (Math.abs(bin.said - bin.right) * bin.rows) / rows, 0)
}

/** Surest first, then what was missed, in the order of the texts. */
function mistakesOf(documents: readonly JudgedDocument[]): Mistake[] {
  const found = documents.flatMap(({gold, sentences}) =>
    sentences.flatMap(({pairs}, sentence) => {
      const {text, words} = gold.sentences[sentence]!
      const points = Array.from(text)
      const cut = (from: number, to: number) => points.slice(words[from]!.start, words[to - 1]!.end).join("")
      const told = (event: Pair["gold"] | Pair["found"]) => {
        if (!event) return null
        const side = (spans: readonly {readonly start: number; readonly end: number}[]) => spans.map(({start, end}) => cut(start, end)).join(" + ") || "–"
        const {type, mode, status, trigger, actors, recipients} = event
        return `${type}${mode ? `/${mode}` : ""} ${status ?? ""} “${cut(trigger.start, trigger.end)}” ${side(actors)} → ${side(recipients)}`
      }
      return pairs.flatMap((pair): Mistake[] => {
        const fault = faultOf(pair)
        if (!fault) return []
        return [{fault, document: gold.id, sentence, text, gold: told(pair.gold), found: told(pair.found), confidence: pair.found?.confidence ?? null}]
      })
    }),
  )
  return found.sort((one, other) => (other.confidence ?? -1) - (one.confidence ?? -1))
}

function faultOf({gold, found, actor, recipient}: Pair): Fault | null {
  if (!found) return "missed"
  if (!gold) return "extra"
  if (gold.type !== found.type) return "type"
  if (actor && recipient) return null
  return actor ? "recipient" : recipient ? "actor" : "both sides"
}

/** How two coders differ on a measure; `p` is how often chance alone would part them so far. */
export type Difference = {
  readonly group: GroupName
  readonly measure: Measure
  readonly f1: number | null
  readonly other: number | null
  readonly difference: number | null
  readonly interval: readonly [number, number] | null
  readonly p: number | null
}

export type Comparison = {readonly shuffles: number; readonly differences: readonly Difference[]}

const shuffles = 10_000

/**
 * Compares two coders on the same documents.
 *
 * `p` comes from approximate randomisation (Noreen 1989; for F1: Yeh 2000, More accurate tests for the statistical significance of result
 * differences, COLING): each document's two answers change places by the toss of a coin, and `p` is the share of shuffles, the real one
 * among them, that part the two F1 at least as far. The interval of the difference comes from a paired bootstrap over documents.
 *
 * @param others  the other coder's, in the same order
 */
export function compare(
  one: readonly Compared[],
  others: readonly Compared[],
  {omit = new Set(), draws = defaultDraws, seed = 1}: ScoreOptions = {},
): Comparison {
  const shown = measures.map(({name}) => name).filter(name => !omit.has(name))
  const judged = one.map((compared, at) => [judgeDocument(compared), judgeDocument(others[at]!)] as const)
  const differences = groupNames.flatMap(group => {
    const own = judged.filter(([{gold}]) => isIn(gold, group))
    if (own.length === 0) return []
    const [left, right] = [0, 1].map(side =>
      flatten(
        own.map(pair => countsOf(pair[side]!, shown)),
        shown.length,
      ),
    ) as [Float64Array[], Float64Array[]]
    return differencesOf(left, right, shown, draws, seed).map(difference => ({group, ...difference}))
  })
  return {shuffles, differences}
}

function differencesOf(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  shown: readonly Measure[],
  draws: number,
  seed: number,
): Omit<Difference, "group">[] {
  const size = 3 * shown.length
  const apart = left.map((own, n) => own.map((count, at) => count - right[n]![at]!))
  const [one, another] = [left, right].map(side => totalOf(side, size)) as [Float64Array, Float64Array]
  const gapsOf = (a: Float64Array, b: Float64Array) =>
    shown.map((_, at) => {
      const [f1, other] = [f1Of(a, at), f1Of(b, at)]
      return {f1, other, gap: f1 === null || other === null ? null : f1 - other}
    })
  const real = gapsOf(one, another)
  const random = chance(seed)
  const reached = shown.map(() => 1)
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    const moved = new Float64Array(size)
    for (let n = 0; n < apart.length; n++) if (random() < 0.5) add(moved, apart, n)
    const shuffled = gapsOf(
      one.map((count, at) => count - moved[at]!),
      another.map((count, at) => count + moved[at]!),
    )
    for (const [at, {gap}] of shuffled.entries()) if (Math.abs(gap ?? 0) >= Math.abs(real[at]!.gap ?? 0) - 1e-12) reached[at]!++
  }
  const drawn = shown.map((): number[] => [])
  for (let draw = 0; draw < draws; draw++) {
    const [a, b] = [new Float64Array(size), new Float64Array(size)]
    for (let n = 0; n < left.length; n++) {
      const row = Math.floor(random() * left.length)
      add(a, left, row)
      add(b, right, row)
    }
    for (const [at, {gap}] of gapsOf(a, b).entries()) if (gap !== null) drawn[at]!.push(gap)
  }
  return shown.map((measure, at) => {
    const {f1, other, gap} = real[at]!
    return {measure, f1, other, difference: gap, interval: middle(drawn[at]!), p: gap === null ? null : reached[at]! / (shuffles + 1)}
  })
}
