/** Every key that is bound, for the sheet that `?` opens; what binds it takes it from here. */
export const keys = {
  palette: {shown: ["Ctrl", "K"], about: "go to a page or an actor (⌘ K on a Mac)"},
  sheet: {shown: ["?"], about: "show these keys"},
  next: {shown: ["j"], about: "next row of a report"},
  previous: {shown: ["k"], about: "previous row of a report"},
  none: {shown: ["Esc"], about: "no row; close what is open"},
  move: {shown: ["←", "↑", "→", "↓"], about: "move the map, where it has the focus"},
  zoom: {shown: ["+", "−"], about: "see more or less of the map"},
} as const

export const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
