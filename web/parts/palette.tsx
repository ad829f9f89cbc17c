import {useEffect, useRef, useState} from "preact/hooks"
import type {KnownActor} from "../../src/0-records/index.ts"
import {go} from "../address.ts"
import {useAnswer} from "../ask.ts"
import {nameOf} from "../countries.ts"
import {openKeySheet} from "../keys.ts"
import type {Places} from "../records.ts"
import {count as written} from "../words.ts"
import {chooseTheme, themes} from "./theme.tsx"

/** What can be gone to, or done. */
type Choice = {readonly label: string; readonly about: string} & ({readonly href: string} | {readonly act: () => void})

/** Most places that are found by one beginning, and places that are known at all. */
const mostFound = 5
const mostPlaces = 2000

const actions: readonly Choice[] = [
  {label: "Copy the address of this page", about: "action", act: () => void navigator.clipboard.writeText(location.href)},
  ...themes.map(theme => ({label: `Colours: ${theme}`, about: "action", act: () => chooseTheme(theme)})),
  {label: "Show and change keys", about: "action", act: openKeySheet},
]

/** Ctrl-K: pages and actions by any words, actors and places by the beginning of their name. */
export function Palette({pages}: {pages: readonly {readonly label: string; readonly about: string; readonly href: string}[]}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState("")
  const [isOpen, setOpen] = useState(false)
  const sought = typed.trim().toLowerCase()
  const isSearching = isOpen && sought !== ""
  const known = useAnswer<{actors: readonly KnownActor[]}>(isSearching ? `/api/v1/actors?begins=${encodeURIComponent(sought)}&limit=8` : null)
  const places = useAnswer<Places>(isSearching ? `/api/v1/places?limit=${mostPlaces}` : null)
  const found: Choice[] = [
    ...[...pages, ...actions].filter(({label}) => label.toLowerCase().includes(sought)),
    ...(isSearching && known.state === "here" ? known.value.actors.map(choiceOf) : []),
    ...(isSearching && places.state === "here" ? placesOf(places.value, sought) : []),
  ]

  const open = () => {
    setTyped("")
    setOpen(true)
    if (!dialog.current?.open) dialog.current?.showModal()
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return
      event.preventDefault()
      open()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])

  const take = (choice: Choice | undefined) => {
    dialog.current?.close()
    if (choice && "href" in choice) go(choice.href)
    else choice?.act()
  }
  // Up and down go through what was found; the field above it is where they begin and end.
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const stops = [...dialog.current!.querySelectorAll<HTMLElement>("input, li :is(a, button)")]
    stops.at((stops.indexOf(document.activeElement as HTMLElement) + step) % stops.length)?.focus()
  }
  return (
    <>
      <button type="button" class="find" onClick={open}>
        Find <kbd>Ctrl K</kbd>
      </button>
      <dialog ref={dialog} class="palette" aria-label="Go to" onClose={() => setOpen(false)} onKeyDown={move}>
        <form
          onSubmit={event => {
            event.preventDefault()
            take(found[0])
          }}
        >
          <input
            aria-label="Page, actor, place or action"
            value={typed}
            placeholder="Page, country, name, place or action"
            autocomplete="off"
            onInput={event => setTyped(event.currentTarget.value)}
          />
        </form>
        <ul>
          {found.map(choice => {
            const told = (
              <>
                <bdi>{choice.label}</bdi> <span class="aside">{choice.about}</span>
              </>
            )
            return (
              <li key={`${choice.about}${choice.label}`}>
                {"href" in choice ? (
                  <a href={choice.href} onClick={() => dialog.current?.close()}>
                    {told}
                  </a>
                ) : (
                  <button type="button" onClick={() => take(choice)}>
                    {told}
                  </button>
                )}
              </li>
            )
          })}
          {found.length === 0 && known.state !== "waiting" && <li class="empty">Nothing begins so.</li>}
        </ul>
      </dialog>
    </>
  )
}

function choiceOf({name, kind, code, country, asActor, asRecipient, quotes}: KnownActor): Choice {
  const isWhole = code !== null && code === country
  return {
    label: name,
    about: [kind, code, `${asActor + asRecipient} mentions, ${quotes} quotes`].filter(Boolean).join(", "),
    href: `/actor/${encodeURIComponent(isWhole ? code : name)}`,
  }
}

/** Places that begin so, the busiest first; each leads to what happened there. */
function placesOf({points, countries}: Places, sought: string): Choice[] {
  return [
    ...points.map(({name, country, count}) => ({label: name, where: country ? `place in ${nameOf(country)}` : "place", place: name, count})),
    ...countries.map(({country, count}) => ({label: nameOf(country!), where: "place, the country or a part of it", place: country!, count})),
  ]
    .filter(({label}) => label.toLowerCase().startsWith(sought))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, mostFound)
    .map(({label, where, place, count}) => ({
      label,
      about: `${where}, ${written(count, "event")}`,
      href: `/explore?place=${encodeURIComponent(place)}`,
    }))
}
