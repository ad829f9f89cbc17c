/** Words of which nothing can move a terminal's cursor, colour it or turn the reading direction: each such character, a line feed among them, becomes U+FFFD. */
export function printable(words: string): string {
  return words.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
}

/** The same of several lines, which stay lines. */
export function printableLines(words: string): string {
  return words.split("\n").map(printable).join("\n")
}
