import {useEffect, useState} from "preact/hooks"

/** Colours of the page's style that a canvas draws with; web/style/base.css says what each is for. */
const names = [
  "paper",
  "ground",
  "raised",
  "ink",
  "muted",
  "line",
  "line-strong",
  "cooperation",
  "cooperation-wash",
  "conflict",
  "conflict-wash",
  "when",
] as const
export type Colours = Readonly<Record<(typeof names)[number], string>>

/** The colours, anew whenever light becomes dark. */
export function useColours(): Colours {
  const [colours, set] = useState(coloursNow)
  useEffect(() => {
    const update = () => set(coloursNow())
    const system = matchMedia("(prefers-color-scheme: dark)")
    system.addEventListener("change", update)
    const choice = new MutationObserver(update)
    choice.observe(document.documentElement, {attributeFilter: ["data-theme"]})
    return () => {
      system.removeEventListener("change", update)
      choice.disconnect()
    }
  }, [])
  return colours
}

/** The colours as they are now, as `rgb(…)`, which every canvas reads. */
export function coloursNow(): Colours {
  const probe = document.body.appendChild(document.createElement("span"))
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(names.map(name => [name, colour(name)])) as Colours
  probe.remove()
  return colours
}
