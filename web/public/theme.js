// Before the first paint, so that nothing flashes; a file of its own, since the page allows no inline script.
try {
  const theme = localStorage.getItem("theme")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {
  // A browser that keeps nothing follows the system.
}
