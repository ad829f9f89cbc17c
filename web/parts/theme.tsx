import {useState} from "preact/hooks"

const themes = ["system", "light", "dark"] as const
type Theme = (typeof themes)[number]

/** Light, dark, or as the system has it; remembered in this browser. */
export function ThemeChoice() {
  const [theme, set] = useState<Theme>((document.documentElement.dataset.theme as Theme | undefined) ?? "system")
  const choose = (next: Theme) => {
    set(next)
    if (next === "system") delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = next
    try {
      if (next === "system") localStorage.removeItem("theme")
      else localStorage.setItem("theme", next)
    } catch {
      // Not remembered, then.
    }
  }
  return (
    <label class="theme">
      <span class="visually-hidden">Colours</span>
      <select value={theme} onChange={event => choose(event.currentTarget.value as Theme)}>
        {themes.map(name => (
          <option key={name} value={name}>
            {name === "system" ? "Auto" : name === "light" ? "Light" : "Dark"}
          </option>
        ))}
      </select>
    </label>
  )
}
