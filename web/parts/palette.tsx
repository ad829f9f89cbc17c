import {useEffect, useRef, useState} from "preact/hooks"
import type {KnownActor} from "../../src/0-records/index.ts"
import {go} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {isTyping, keys} from "../keys.ts"

type Place = {readonly label: string; readonly about: string; readonly href: string}

/** Ctrl-K: pages and actors by the beginning of their name. `?`: the keys. */
export function Palette({pages}: {pages: readonly Place[]}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const sheet = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState("")
  const [isOpen, setOpen] = useState(false)
  const found = useAnswer<{actors: readonly KnownActor[]}>(
    isOpen && typed.trim() !== "" ? `/api/v1/actors?begins=${encodeURIComponent(typed.trim())}&limit=8` : null,
  )
  const actors = found.state === "here" && typed.trim() !== "" ? found.value.actors.map(placeOf) : []
  const places = [...pages.filter(({label}) => label.toLowerCase().includes(typed.trim().toLowerCase())), ...actors]

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault()
        setTyped("")
        setOpen(true)
        dialog.current?.showModal()
      } else if (event.key === "?" && !isTyping(event.target)) sheet.current?.showModal()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])

  const leave = (href?: string) => {
    dialog.current?.close()
    if (href) go(href)
  }
  // Up and down go through the links; the field above them is where they begin and end.
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const stops = [...dialog.current!.querySelectorAll<HTMLElement>("input, a")]
    stops.at((stops.indexOf(document.activeElement as HTMLElement) + step) % stops.length)?.focus()
  }
  return (
    <>
      <dialog ref={dialog} class="palette" aria-label="Go to" onClose={() => setOpen(false)} onKeyDown={move}>
        <form
          onSubmit={event => {
            event.preventDefault()
            leave(places[0]?.href)
          }}
        >
          <input
            aria-label="Page or actor"
            value={typed}
            placeholder="Page, country or name"
            autocomplete="off"
            onInput={event => setTyped(event.currentTarget.value)}
          />
        </form>
        <ul>
          {places.map(({label, about, href}) => (
            <li key={`${href}${label}`}>
              <a href={href} onClick={() => leave()}>
                <bdi>{label}</bdi> <span class="aside">{about}</span>
              </a>
            </li>
          ))}
          {places.length === 0 && found.state !== "waiting" && <li class="empty">Nothing begins so.</li>}
        </ul>
      </dialog>
      <dialog ref={sheet} class="palette" aria-label="Keys">
        <dl class="keys">
          {Object.values(keys).map(({shown, about}) => (
            <div key={about}>
              <dt>
                {shown.map(key => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{about}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit" class="button">
            Close
          </button>
        </form>
      </dialog>
    </>
  )
}

function placeOf({name, kind, code, country, asActor, asRecipient, quotes}: KnownActor): Place {
  const isWhole = code !== null && code === country
  return {
    label: name,
    about: [kind, code, `${asActor + asRecipient} mentions, ${quotes} quotes`].filter(Boolean).join(", "),
    href: `/actor/${encodeURIComponent(isWhole ? code : name)}`,
  }
}
