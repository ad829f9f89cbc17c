import type {Logits} from "./session.ts"

/** A span of words, from `first` up to but not including `last`, with the kind of its tags. */
export type Tagged = {readonly first: number; readonly last: number; readonly kind: string; readonly probability: number}

/** Probabilities of one row. */
export function softmax(logits: ArrayLike<number>): number[] {
  let top = Number.NEGATIVE_INFINITY
  for (let i = 0; i < logits.length; i++) top = Math.max(top, logits[i]!)
  const found = Array.from(logits, x => Math.exp(x - top))
  const sum = found.reduce((a, b) => a + b, 0)
  return found.map(x => x / sum)
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** One word's row. */
export function rowOf({data, width}: Logits, word: number): Float32Array {
  return data.subarray(word * width, (word + 1) * width)
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
  const count = to - from
  if (count <= 0) return []
  const kinds = tags.map(tag => tag.slice(2))
  const isInside = tags.map(tag => tag.startsWith("I"))
  const logs: number[][] = []
  for (let word = from; word < to; word++) logs.push(softmax(rowOf(logits, word)).map(p => Math.log(p + 1e-12)))
  let score = logs[0]!.map((log, tag) => log + (isInside[tag] ? -1e9 : 0))
  const back: number[][] = []
  for (let word = 1; word < count; word++) {
    const came: number[] = []
    score = logs[word]!.map((log, tag) => {
      let best = 0
      let top = Number.NEGATIVE_INFINITY
      for (let before = 0; before < tags.length; before++) {
        const may = !isInside[tag] || (before > 0 && kinds[before] === kinds[tag])
        const through = score[before]! + (may ? 0 : -1e9)
        if (through > top) [best, top] = [before, through]
      }
      came.push(best)
      return top + log
    })
    back.push(came)
  }
  const path = [score.indexOf(Math.max(...score))]
  for (const came of back.reverse()) path.push(came[path.at(-1)!]!)
  path.reverse()
  const spans: Tagged[] = []
  let sum = 0
  for (let word = 0; word < count; word++) {
    const at = path[word]!
    if (at === 0) continue
    const log = logs[word]![at]!
    const open = spans.at(-1)
    if (isInside[at] && open) {
      sum += log
      spans[spans.length - 1] = {...open, last: word + 1, probability: Math.exp(sum / (word + 1 - open.first))}
    } else {
      sum = log
      spans.push({first: word, last: word + 1, kind: kinds[at]!, probability: Math.exp(log)})
    }
  }
  return spans
}
