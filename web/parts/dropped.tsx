import {count} from "../words.ts"

/** What cleaning left out of the text as no part of the report; nothing where it left nothing out. */
export function Dropped({dropped}: {dropped: readonly string[] | null}) {
  if (dropped === null || dropped.length === 0) return null
  return (
    <details class="dropped">
      <summary>{count(dropped.length, "paragraph")} left out as no part of the report</summary>
      <ul>
        {dropped.map(paragraph => (
          <li key={paragraph} dir="auto">
            {paragraph}
          </li>
        ))}
      </ul>
    </details>
  )
}
