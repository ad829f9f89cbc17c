/**
 * Cuts a text into paragraphs: a blank line always separates two, a line feed does unless the text is wrapped there.
 *
 * @param isStray  whether a line stands for itself and belongs to no paragraph
 * @returns paragraphs on one line each, single-spaced, without bullets
 */
export function paragraphsOf(text: string, isStray: (line: string) => boolean): string[] {
  const lines = text.split("\n").map(line => line.trim().replace(/ {2,}/g, " "))
  const width = widthOf(lines)
  const paragraphs: string[][] = []
  let before = ""
  for (const line of lines) {
    const goesOn = before !== "" && !bullet.test(line) && isWrapped(before, line, width)
    if (goesOn) paragraphs.at(-1)?.push(line)
    else if (line !== "") paragraphs.push([line.replace(bullet, "")])
    before = goesOn || !isStray(line) ? line : ""
  }
  return paragraphs.map(unwrapped).filter(paragraph => paragraph !== "")
}

const bullet = /^(?:[•‣▪●◦■►▶➤*·]|[-–—](?= ))\s*/u

/** Longest line of a wrapped text, in characters: mail, wire and terminal texts wrap at 60 to 100. */
const widest = 130

/** The width that a text is wrapped to; 0 where it has a line too long to be wrapped. */
function widthOf(lines: readonly string[]): number {
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0)
  return longest > widest ? 0 : longest
}

/** Whether `next` goes on from `line`: its first word had no room there, or the sentence is open and `next` begins in lower case. */
function isWrapped(line: string, next: string, width: number): boolean {
  if (next === "") return false
  const word = next.indexOf(" ") < 0 ? next.length : next.indexOf(" ")
  // a text of two short lines says nothing of its width
  const isFull = width > 40 && line.length + 1 + word > width * 0.9
  return isFull || (/^\p{Ll}/u.test(next) && !/[.!?:;…]["”’)]*$/.test(line))
}

/** The lines of one paragraph as one line; a word broken at a hyphen keeps it. */
function unwrapped(lines: readonly string[]): string {
  let whole = ""
  for (const line of lines) whole += whole === "" || (/\p{L}-$/u.test(whole.slice(-2)) && /^\p{Ll}/u.test(line)) ? line : ` ${line}`
  return whole
}
