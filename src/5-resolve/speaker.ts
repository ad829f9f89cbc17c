import type {Marks} from "../0-records/index.ts"

/**
 * Who says each quote, as an index into the mentions: its own speaker; where it runs on from a quote of its sentence or the
 * one before, that one's; where it opens a speech, the one named with the quote after it. `null` where nobody is named.
 */
export function speakersOf({quotes}: Marks): (number | null)[] {
  const speakers: (number | null)[] = []
  for (const [at, {cue, speaker, sentence}] of quotes.entries()) {
    const [before, after] = [quotes[at - 1], quotes[at + 1]]
    const earlier = before && sentence - before.sentence <= 1 ? speakers[at - 1] : undefined
    const later = after && after.sentence - sentence <= 1 ? after.speaker?.mention : undefined
    speakers.push(speaker?.mention ?? (cue === null ? (earlier ?? later) : undefined) ?? null)
  }
  return speakers
}
