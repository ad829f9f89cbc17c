import {useEffect, useState} from "preact/hooks"

export const themes = ["system", "light", "dark"] as const
type Theme = (typeof themes)[number]

const changed = new EventTarget()
const now = () => (document.documentElement.dataset.theme as Theme | undefined) ?? "system"

/** Light, dark, or as the system has it; remembered in this browser. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === "system") localStorage.removeItem("theme")
    else localStorage.setItem("theme", theme)
  } catch {
    // Not remembered, then.
  }
  changed.dispatchEvent(new Event("change"))
}

export function ThemeChoice() {
  const [theme, set] = useState<Theme>(now)
  useEffect(() => {
    const update = () => set(now())
    changed.addEventListener("change", update)
    return () => changed.removeEventListener("change", update)
  }, [])
  return (
    <label class="theme">
      <span class="visually-hidden">Colours</span>
      <select value={theme} onChange={event => chooseTheme(event.currentTarget.value as Theme)}>
        {themes.map(name => (
          <option key={name} value={name}>
            {name === "system" ? "Auto" : name === "light" ? "Light" : "Dark"}
          </option>
        ))}
      </select>
    </label>
  )
}
