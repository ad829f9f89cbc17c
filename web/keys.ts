/** Every key that is bound, for the sheet that `?` opens; what binds it takes it from here. */
export const keys = {
  palette: {shown: ["Ctrl", "K"], about: "go to a page or an actor (⌘ K on a Mac)"},
  sheet: {shown: ["?"], about: "show these keys"},
  next: {shown: ["j"], about: "next row of a report, next mention in the review"},
  previous: {shown: ["k"], about: "previous row of a report, previous mention in the review"},
  accept: {shown: ["a"], about: "review: the event is right as it is"},
  reject: {shown: ["x"], about: "review: it is no event"},
  edit: {shown: ["e"], about: "review: change type, status, sides, day or place"},
  skip: {shown: ["s"], about: "review: leave it for later"},
  undo: {shown: ["u"], about: "review: take the last verdict back"},
  add: {shown: ["m"], about: "review: add an event that was missed"},
  none: {shown: ["Esc"], about: "no row; close what is open"},
  move: {shown: ["←", "↑", "→", "↓"], about: "move the map, where it has the focus"},
  zoom: {shown: ["+", "−"], about: "see more or less of the map"},
} as const

export const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]")
