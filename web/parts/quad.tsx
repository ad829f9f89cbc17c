import type {EventRecord} from "../../src/0-records/index.ts"
import {quads} from "../words.ts"

/** Cooperation is round, conflict is three-cornered; what is said is open, what is done is filled. */
export function Quad({quad}: {quad: EventRecord["quad"]}) {
  const isFilled = quad === 2 || quad === 4
  return (
    <svg class={`quad quad-${quad}`} viewBox="0 0 12 12" role="img" aria-label={quads[quad]}>
      <title>{quads[quad]}</title>
      {quad < 3 ? (
        <circle cx="6" cy="6" r="4" fill={isFilled ? "currentColor" : "none"} />
      ) : (
        <path d="M6 1.6 10.8 10H1.2Z" fill={isFilled ? "currentColor" : "none"} />
      )}
    </svg>
  )
}
