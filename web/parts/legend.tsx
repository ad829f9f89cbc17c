import {shownKeys, useKeys} from "../keys.ts"
import {Quad} from "./quad.tsx"

/** How the marks are to be read, in the marks themselves. */
export function Legend() {
  useKeys()
  return (
    <details class="legend">
      <summary>How to read the marks</summary>
      <ul>
        <li>
          <span class="mark on-actor">who did it</span>, a solid line
        </li>
        <li>
          <span class="mark on-recipient">to whom</span>, a dashed line
        </li>
        <li>
          <span class="mark on-trigger">the deed</span>
          <span class="ref ref-trigger">3</span>, numbered as its row
        </li>
        <li>
          <span class="mark on-content">words of a speaker</span>
          <span class="ref ref-content">b</span>, lettered as their row
        </li>
        <li>
          <span class="mark on-date">when</span> and <span class="mark on-place">where</span>, dotted
        </li>
        <li>
          <Quad quad={1} /> said and <Quad quad={2} /> done in cooperation; <Quad quad={3} /> said and <Quad quad={4} /> done in conflict
        </li>
        <li>
          Keys: <kbd>{shownKeys("next")}</kbd> <kbd>{shownKeys("previous")}</kbd> next and previous row, <kbd>Esc</kbd> none
        </li>
      </ul>
    </details>
  )
}
