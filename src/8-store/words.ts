/** The words of a text in lower case; none in a text without letter or digit. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** A text as it is searched: each word after one space, so that ` assad` is found where a word begins so, and not in "ambassador". */
export function searchable(text: string): string {
  return wordsOf(text)
    .map(word => ` ${word}`)
    .join("")
}
