import type {Sentence, Span} from "../0-records/index.ts"
import type {Pieces} from "./pieces.ts"
import {wordsOf} from "./words.ts"

/** A sentence, or a stretch of one that is longer than the window, with its words and their pieces. */
export type Stretch = {
  readonly sentence: number
  readonly words: readonly Span[]
  readonly pieces: readonly (readonly number[])[]
  /** Words before this one and from the next one on are another stretch's to tell; both are 0 and `words.length` but where stretches overlap. */
  readonly from: number
  readonly to: number
  /** Whether it is not all of its sentence. */
  readonly isPart: boolean
}

/** Consecutive stretches of one report that are encoded together. */
export type Passage = readonly Stretch[]

/** Pieces that the encoder reads at most, [CLS] and [SEP] included. */
const window = 512
/** Pieces of a stretch cut from a sentence that is longer than the window, and how many of them it shares with the next. */
const cut = 400
const overlap = 80

/**
 * Packs a report's sentences into passages of at most `limit` pieces, in order and greedily, as training/data.py does.
 *
 * A sentence longer than the window is cut into overlapping stretches, each a passage of its own; a word in the overlap
 * is told by the stretch in which it stands further from the edge. Nothing is dropped.
 */
export function* pack(text: string, sentences: readonly Sentence[], pieces: Pieces, limit: number): Generator<Passage> {
  let passage: Stretch[] = []
  let size = 1
  for (const sentence of sentences) {
    const words = wordsOf(text, sentence.start, sentence.end)
    const own = words.map(({start, end}) => pieces(text.slice(start, end)))
    const length = own.reduce((sum, ids) => sum + ids.length, 1)
    if (length + 1 > window) {
      if (passage.length > 0) yield passage
      for (const stretch of stretches(sentence.index, words, own)) yield [stretch]
      passage = []
      size = 1
      continue
    }
    const stretch = {sentence: sentence.index, words, pieces: own, from: 0, to: words.length, isPart: false}
    if (size + length > limit && passage.length > 0) {
      yield passage
      passage = []
      size = 1
    }
    passage.push(stretch)
    size += length
  }
  if (passage.length > 0) yield passage
}

function stretches(sentence: number, words: readonly Span[], pieces: readonly (readonly number[])[]): Stretch[] {
  const bounds: Span[] = []
  let start = 0
  while (start < words.length) {
    const end = ahead(pieces, start, cut)
    bounds.push({start, end})
    if (end === words.length) break
    start = Math.max(start + 1, behind(pieces, end, overlap))
  }
  return bounds.map(({start, end}, i) => {
    const before = bounds[i - 1]
    const after = bounds[i + 1]
    const from = before ? Math.floor((start + before.end) / 2) - start : 0
    const to = after ? Math.floor((after.start + end) / 2) - start : end - start
    return {sentence, words: words.slice(start, end), pieces: pieces.slice(start, end), from, to, isPart: true}
  })
}

/** The furthest word end such that the words from `start` have at most `count` pieces, one word at least. */
function ahead(pieces: readonly (readonly number[])[], start: number, count: number): number {
  let end = start
  for (let sum = 0; end < pieces.length && (end === start || sum + (pieces[end]?.length ?? 0) <= count); end++) sum += pieces[end]?.length ?? 0
  return end
}

function behind(pieces: readonly (readonly number[])[], end: number, count: number): number {
  let start = end
  for (let sum = 0; start > 0 && sum < count; start--) sum += pieces[start - 1]?.length ?? 0
  return start
}
