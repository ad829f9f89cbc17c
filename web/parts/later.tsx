import type {FunctionComponent} from "preact"
import {useEffect, useState} from "preact/hooks"

/** A part whose script is fetched when it is first drawn, so that pages without it stay light. */
export function later<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined
  return props => {
    const [Part, set] = useState(() => loaded)
    const [hasFailed, fail] = useState(false)
    useEffect(() => {
      if (loaded) return
      load().then(
        part => {
          loaded = part
          set(() => part)
        },
        () => fail(true),
      )
    }, [])
    if (Part) return <Part {...props} />
    return hasFailed ? (
      <p class="failed" role="alert">
        Cannot draw this: the server did not give its script. The table says the same; reload the page to try again.
      </p>
    ) : (
      <p class="waiting drawn" role="status">
        Reading …
      </p>
    )
  }
}
