import type {Reviewable, ReviewProgress} from "../../src/0-records/index.ts"
import {count} from "../words.ts"
import {NumberCells, NumberHeads} from "./numbers.tsx"

const unitOf: Readonly<Record<Reviewable, string>> = {event: "mention", quote: "quote"}

/** How much is done, as a bar and in words. */
export function ProgressBar({of, progress: {decided, left}}: {of: Reviewable; progress: ReviewProgress}) {
  return (
    <div class="review-progress">
      <progress max={decided + left || 1} value={decided} aria-label="Decided" />
      <span>
        <b>{count(decided, unitOf[of])}</b> decided, {left.toLocaleString("en-GB")} wait
      </span>
    </div>
  )
}

const share = (part: number, whole: number) => (whole === 0 ? "–" : `${Math.round((part / whole) * 100)} %`)

/** How far reviewers agree with the coder, and with one another. */
export function Agreement({of, progress: {reviewers, pairs}}: {of: Reviewable; progress: ReviewProgress}) {
  if (reviewers.length === 0) return null
  return (
    <section class="agreement">
      <h2>Agreement</h2>
      <table class="table is-narrow">
        <thead>
          <tr>
            <th scope="col">Reviewer</th>
            <NumberHeads names={["Accepted", "Corrected", `No ${of}`, "Added", "Coder right"]} />
          </tr>
        </thead>
        <tbody>
          {reviewers.map(({reviewer, accepted, corrected, rejected, added}) => (
            <tr key={reviewer}>
              <th scope="row">
                <bdi>{reviewer}</bdi>
              </th>
              <NumberCells
                cells={{
                  ...{Accepted: accepted, Corrected: corrected, [`No ${of}`]: rejected, Added: added},
                  "Coder right": share(accepted, accepted + corrected + rejected),
                }}
              />
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.map(({reviewers: [one, other], both, same, kappa}) => (
        <p key={`${one}/${other}`}>
          <bdi>{one}</bdi> and <bdi>{other}</bdi> both decided {count(both, unitOf[of])} and say the same of {same.toLocaleString("en-GB")} ({share(same, both)}
          ){kappa !== null && `; Cohen’s kappa of “it is {of === "event" ? "an event" : "a quote"}” ${kappa.toFixed(2).replace("-", "−")}`}.
        </p>
      ))}
      {reviewers.length === 1 && <p class="aside">With a second reviewer, who decides what others decided already, this tells how far the two agree.</p>}
    </section>
  )
}
