/**
 * Near-duplicates by MinHash and locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and Ullman, "Mining of Massive
 * Datasets", chapter 3): a report is compared with those alone that share a band of its signature, however many there are.
 */

/** Bands of a signature and rows of a band: texts that share four fifths of their word triples meet with a probability of 0.995, three tenths with 0.08. */
const bandCount = 10
const rowCount = 4

/** Least share of triples in common (Jaccard), or share of the shorter text within the longer, for a copy. */
const leastShare = 0.55
const leastWithin = 0.8

/** The multipliers and offsets of the hash functions, from a fixed seed. */
const [multipliers, offsets] = coefficients(bandCount * rowCount)

/**
 * The bands of a text's signature, each a whole number below 2^31; empty for a text too short to tell.
 */
export function bandsOf(text: string): number[] {
  const triples = triplesOf(text)
  if (triples.size < 8) return []
  const least = new Uint32Array(multipliers.length).fill(0xffffffff)
  for (const triple of triples) {
    for (let at = 0; at < least.length; at++) {
      const hash = mixed((Math.imul(triple, multipliers[at]!) + offsets[at]!) >>> 0)
      if (hash < least[at]!) least[at] = hash
    }
  }
  return Array.from({length: bandCount}, (_, band) => {
    let hash = band + 1
    for (let row = 0; row < rowCount; row++) hash = mixed((Math.imul(hash, 31) + least[band * rowCount + row]!) >>> 0)
    return hash >>> 1
  })
}

/** The share of two texts that is the same where one is a copy of the other, 0 to 1; `undefined` where none is. */
export function copied(one: string, other: string): number | undefined {
  const [a, b] = [triplesOf(one), triplesOf(other)]
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  let common = 0
  for (const triple of few) if (many.has(triple)) common++
  const share = common / (a.size + b.size - common)
  const isCut = few.size >= 40 && common / few.size >= leastWithin && few.size >= many.size / 4
  return share >= leastShare || isCut ? Math.round(share * 1000) / 1000 : undefined
}

/** Hashes of each three words in a row. */
function triplesOf(text: string): Set<number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const hashes = words.map(hashOf)
  const triples = new Set<number>()
  for (let at = 0; at + 2 < hashes.length; at++)
    triples.add(mixed((Math.imul(hashes[at]!, 0x9e3779b1) ^ Math.imul(hashes[at + 1]!, 0x85ebca6b) ^ hashes[at + 2]!) >>> 0))
  return triples
}

/** FNV-1a over UTF-16 units. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** The finisher of MurmurHash3, so that near inputs give far hashes. */
function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function coefficients(count: number): [Uint32Array, Uint32Array] {
  const numbers = new Uint32Array(count * 2)
  let state = 0x2545f491
  for (let at = 0; at < numbers.length; at++) {
    state = mixed((state + 0x9e3779b9) >>> 0)
    numbers[at] = state
  }
  return [numbers.subarray(0, count).map(number => number | 1), numbers.subarray(count)]
}
