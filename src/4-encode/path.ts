import type {Logits} from "./session.ts"

/** A span of words, from `first` up to but not including `last`, with the kind of its tags. */
export type Tagged = {readonly first: number; readonly last: number; readonly kind: string; readonly probability: number}

/** Probabilities of the logits `from` up to but not including `to`. */
export function softmax(logits: ArrayLike<number>, from = 0, to = logits.length): number[] {
  let top = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) if (logits[i]! > top) top = logits[i]!
  const found: number[] = []
  let sum = 0
  for (let i = from; i < to; i++) {
    const part = Math.exp(logits[i]! - top)
    found.push(part)
    sum += part
  }
  for (let i = 0; i < found.length; i++) found[i]! /= sum
  return found
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** Probabilities of one word's row. */
export function chancesOf({data, width}: Logits, word: number): number[] {
  return softmax(data, word * width, (word + 1) * width)
}

/** The column of the largest number in one word's row, the first of equals. */
export function likeliestOf({data, width}: Logits, word: number): number {
  const start = word * width
  let best = 0
  for (let i = 1; i < width; i++) if (data[start + i]! > data[start + best]!) best = i
  return best
}

/** The mean row of words `first` to `last`. */
export function meanRow(logits: Logits, first: number, last: number): number[] {
  const sum = new Array<number>(logits.width).fill(0)
  for (let word = first; word < last; word++) for (let i = 0; i < logits.width; i++) sum[i]! += logits.data[word * logits.width + i]!
  return sum.map(x => x / (last - first))
}

/**
 * The likeliest spans of words `from` to `to`, under the rule that I-x follows B-x or I-x only (Viterbi).
 *
 * @param tags  "O", then "B-x" and "I-x" in column order
 * @returns spans counted from `from`, each with the geometric mean of its tags' probabilities
 */
export function spansOf(logits: Logits, from: number, to: number, tags: readonly string[]): Tagged[] {
  if (isAllOutside(logits, from, to)) return []
  const [count, width] = [to - from, tags.length]
  const logs = logsOf(logits, from, to)
  const path = likeliestPath(logs, count, tags)
  const spans: Tagged[] = []
  let sum = 0
  for (let word = 0; word < count; word++) {
    const at = path[word]!
    if (at === 0) continue
    const log = logs[word * width + at]!
    const open = spans.at(-1)
    if (tags[at]!.startsWith("I") && open) {
      sum += log
      spans[spans.length - 1] = {...open, last: word + 1, probability: Math.exp(sum / (word + 1 - open.first))}
    } else {
      sum = log
      spans.push({first: word, last: word + 1, kind: tags[at]!.slice(2), probability: Math.exp(log)})
    }
  }
  return spans
}

/** Whether "O" is the likeliest tag of every word: then no path is likelier than the one outside. */
function isAllOutside(logits: Logits, from: number, to: number): boolean {
  for (let word = from; word < to; word++) if (likeliestOf(logits, word) !== 0) return false
  return true
}

/** Log-probabilities, row by row. */
function logsOf(logits: Logits, from: number, to: number): Float64Array {
  const logs = new Float64Array((to - from) * logits.width)
  let at = 0
  for (let word = from; word < to; word++) for (const chance of chancesOf(logits, word)) logs[at++] = Math.log(chance + 1e-12)
  return logs
}

/** The tag of each word on the likeliest path that the rule allows. */
function likeliestPath(logs: Float64Array, count: number, tags: readonly string[]): number[] {
  const width = tags.length
  const isInside = tags.map(tag => tag.startsWith("I"))
  // What may stand before each tag: anything, or its own B and I.
  const before = tags.map((tag, at) => [...tags.keys()].filter(one => !isInside[at] || (one > 0 && tags[one]!.slice(2) === tag.slice(2))))
  const back = new Uint8Array(count * width)
  let score = Array.from(tags, (_, tag) => (isInside[tag] ? Number.NEGATIVE_INFINITY : logs[tag]!))
  for (let word = 1; word < count; word++) {
    const next: number[] = []
    for (let tag = 0; tag < width; tag++) {
      let best = before[tag]![0]!
      for (const one of before[tag]!) if (score[one]! > score[best]!) best = one
      back[word * width + tag] = best
      next.push(score[best]! + logs[word * width + tag]!)
    }
    score = next
  }
  const path = [score.indexOf(Math.max(...score))]
  for (let word = count - 1; word > 0; word--) path.push(back[word * width + path.at(-1)!]!)
  return path.reverse()
}
