import type {ComponentChildren} from "preact"
import {useState} from "preact/hooks"

/** The numbers behind a drawing, as a table; made when it is opened, since it may have hundreds of rows. */
export function Twin({summary, children}: {summary: string; children: () => ComponentChildren}) {
  const [isShown, show] = useState(false)
  return (
    <details class="twin" open={isShown} onToggle={event => show(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isShown && children()}
    </details>
  )
}
