import type {Problem} from "../../src/0-records/index.ts"
import {count} from "../words.ts"

/** What was met while coding; nothing where all went well. */
export function Problems({problems}: {problems: readonly Problem[]}) {
  if (problems.length === 0) return null
  return (
    <details class="problems" open={problems.length < 3}>
      <summary>{count(problems.length, problems.every(({isWarning}) => isWarning) ? "warning" : "problem")}</summary>
      <ul>
        {problems.map(({message, code}) => (
          <li key={message}>
            {message} <code>{code}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
