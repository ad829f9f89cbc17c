import {Tokenizer} from "@huggingface/tokenizers"

/** Gives a word's pieces; never empty. */
export type Pieces = (word: string) => readonly number[]

/** Words kept with their pieces; news repeats itself, so nearly all words come from here. */
const kept = 50_000

/** @param json  the text of a `tokenizer.json` (WordPiece) */
export function openPieces(json: string): Pieces {
  const tokenizer = new Tokenizer(JSON.parse(json), {})
  const unknown = tokenizer.encode("[UNK]", {add_special_tokens: false}).ids
  const known = new Map<string, readonly number[]>()
  return word => {
    const found = known.get(word)
    if (found) return found
    const {ids} = tokenizer.encode(word, {add_special_tokens: false})
    const pieces = ids.length > 0 ? ids : unknown
    if (known.size >= kept) known.clear()
    // A copy, since V8's slice of 13 letters or more would keep its whole report in memory.
    known.set(Buffer.from(word, "utf16le").toString("utf16le"), pieces)
    return pieces
  }
}
