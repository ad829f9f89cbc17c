/**
 * A stream of numbers from 0 up to 1 that the seed alone decides (Mulberry32, Tommy Ettinger 2017, public domain): the
 * same figures on every machine.
 */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number from 0 up to 1 for a text under a seed: which rows a sample takes, whatever their order. FNV-1a, then mixed as above. */
export function lot(text: string, seed: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return chance((hash ^ Math.imul(seed, 0x9e3779b1)) >>> 0)()
}
