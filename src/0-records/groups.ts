/** Numbers that are found to be one, pair by pair. */
export type Groups = {
  /** The least number of its group; the number itself where it was joined with none. */
  readonly of: (number: number) => number
  readonly join: (one: number, other: number) => void
}

export function groups(): Groups {
  const lesser = new Map<number, number>()
  const of = (number: number): number => {
    let root = number
    for (let next = lesser.get(root); next !== undefined; next = lesser.get(root)) root = next
    // Each is hung at the root itself, so that the next look is short.
    for (let at = number; at !== root; ) {
      const next = lesser.get(at)!
      lesser.set(at, root)
      at = next
    }
    return root
  }
  return {
    of,
    join(one, other) {
      const [a, b] = [of(one), of(other)]
      if (a !== b) lesser.set(Math.max(a, b), Math.min(a, b))
    },
  }
}
