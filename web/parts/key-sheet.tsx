import {useEffect, useRef, useState} from "preact/hooks"
import {aboutKey, bindKey, freeKeys, isFree, isOwn, isTyping, type KeyName, keyNames, shownKeys, useKeys, whenSheetIsAsked} from "../keys.ts"

/** `?`: every key that is bound; those of the review and of rows can be changed. */
export function KeySheet() {
  const sheet = useRef<HTMLDialogElement>(null)
  const [asked, ask] = useState<KeyName | null>(null)
  const [told, tell] = useState("")
  useKeys()
  useEffect(() => {
    const open = () => {
      tell("")
      sheet.current?.showModal()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target) && !document.querySelector("dialog[open]")) open()
    }
    addEventListener("keydown", onKey)
    const leave = whenSheetIsAsked(open)
    return () => {
      removeEventListener("keydown", onKey)
      leave()
    }
  }, [])

  const take = (event: KeyboardEvent) => {
    if (asked === null || ["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    ask(null)
    if (event.key === "Escape") return tell("")
    if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return tell("Choose a letter, a digit or a mark.")
    const holder = bindKey(asked, event.key)
    tell(holder ? `“${event.key}” is taken: ${aboutKey(holder)}.` : `“${event.key}”: ${aboutKey(asked)}.`)
  }
  return (
    <dialog ref={sheet} class="palette key-sheet" aria-label="Keys" onKeyDown={take} onClose={() => ask(null)}>
      <dl class="keys">
        {keyNames.map(name => (
          <div key={name}>
            <dt>{asked === name ? <span class="aside">press a key</span> : shownKeys(name).map(key => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{aboutKey(name)}</dd>
            {isFree(name) && (
              <dd>
                <button type="button" class="small-button" aria-label={`Another key: ${aboutKey(name)}`} onClick={() => ask(name)}>
                  Change
                </button>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p class="aside" role="status">
        {told}
      </p>
      <form method="dialog" class="form-row">
        {keyNames.some(isOwn) && (
          <button
            type="button"
            class="button"
            onClick={() => {
              freeKeys()
              tell("All keys are as they came.")
            }}
          >
            As they came
          </button>
        )}
        <button type="submit" class="button">
          Close
        </button>
      </form>
    </dialog>
  )
}
