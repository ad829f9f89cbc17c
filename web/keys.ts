import {useEffect, useState} from "preact/hooks"

/** A key that is bound: what is pressed, and whether it may be another. */
type Bound = {readonly shown: readonly string[]; readonly about: string; readonly isFree?: true}

/** Every key that is bound, for the sheet that `?` opens; what binds it asks `isKey`. */
const keys = {
  palette: {shown: ["Ctrl", "K"], about: "go to a page, an actor or a place, or do something (⌘ K on a Mac)"},
  sheet: {shown: ["?"], about: "show these keys"},
  next: {shown: ["j"], about: "next row of a report, next one in the review", isFree: true},
  previous: {shown: ["k"], about: "previous row of a report, previous one in the review", isFree: true},
  accept: {shown: ["a"], about: "review: it is right as it is", isFree: true},
  reject: {shown: ["x"], about: "review: it is no event, or no quote", isFree: true},
  edit: {shown: ["e"], about: "review: change it", isFree: true},
  skip: {shown: ["s"], about: "review: leave it for later", isFree: true},
  undo: {shown: ["u"], about: "review: take the last verdict back", isFree: true},
  add: {shown: ["m"], about: "review: add one that was missed", isFree: true},
  none: {shown: ["Esc"], about: "no row; close what is open"},
  move: {shown: ["←", "↑", "→", "↓"], about: "move the map, where it has the focus"},
  zoom: {shown: ["+", "−"], about: "see more or less of the map"},
} as const satisfies Record<string, Bound>

export type KeyName = keyof typeof keys
export const keyNames = Object.keys(keys) as KeyName[]

export const aboutKey = (name: KeyName) => keys[name].about
export const isFree = (name: KeyName) => "isFree" in keys[name]

const storedAs = "communique-keys"
const changed = new EventTarget()
let own: Partial<Record<KeyName, string>> = read()

/** The keys that the reader chose, as this browser keeps them. */
function read(): Partial<Record<KeyName, string>> {
  try {
    const found = Object.entries(JSON.parse(localStorage.getItem(storedAs) ?? "{}") as object)
    return Object.fromEntries(found.filter(([name, key]) => keyNames.includes(name as KeyName) && isFree(name as KeyName) && typeof key === "string"))
  } catch {
    return {}
  }
}

/** What is pressed for it now. */
export const shownKeys = (name: KeyName): readonly string[] => (own[name] === undefined ? keys[name].shown : [own[name]])

/** Whether the reader chose it. */
export const isOwn = (name: KeyName) => own[name] !== undefined

export const isKey = (pressed: KeyboardEvent, name: KeyName) => pressed.key === shownKeys(name)[0]

/** All keys as they came. */
export const freeKeys = () => keep({})

/**
 * Binds another key.
 *
 * @returns what has the key already, in which case nothing changes
 */
export function bindKey(name: KeyName, wanted: string): KeyName | undefined {
  const holder = keyNames.find(other => other !== name && shownKeys(other).length === 1 && shownKeys(other)[0] === wanted)
  if (holder) return holder
  const {[name]: _, ...others} = own
  keep(wanted === keys[name].shown[0] ? others : {...others, [name]: wanted})
  return undefined
}

function keep(chosen: typeof own): void {
  own = chosen
  try {
    localStorage.setItem(storedAs, JSON.stringify(own))
  } catch {
    // Not remembered, then.
  }
  changed.dispatchEvent(new Event("change"))
}

/** Opens the sheet, wherever the reader is. */
export const openKeySheet = () => changed.dispatchEvent(new Event("sheet"))
export function whenSheetIsAsked(open: () => void): () => void {
  changed.addEventListener("sheet", open)
  return () => changed.removeEventListener("sheet", open)
}

/** Draws its part anew whenever a key is bound. */
export function useKeys(): void {
  const [, redraw] = useState(0)
  useEffect(() => {
    const update = () => redraw(times => times + 1)
    changed.addEventListener("change", update)
    return () => changed.removeEventListener("change", update)
  }, [])
}

export const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
