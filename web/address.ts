import {useEffect, useMemo, useState} from "preact/hooks"

/** The address bar holds every page's whole state; this is the one place that reads and changes it. */

const changed = new EventTarget()
addEventListener("popstate", () => changed.dispatchEvent(new Event("change")))

/** The address, anew whenever it changes, and the same object until then. */
export function useAddress(): URL {
  const [address, set] = useState(location.href)
  useEffect(() => {
    const update = () => set(location.href)
    changed.addEventListener("change", update)
    return () => changed.removeEventListener("change", update)
  }, [])
  return useMemo(() => new URL(address), [address])
}

/** Goes to an address of the viewer. `isStep` is false where Back shall not lead to the state before. */
export function go(href: string, {isStep = true} = {}): void {
  if (new URL(href, location.href).href === location.href) return
  if (isStep) history.pushState(null, "", href)
  else history.replaceState(null, "", href)
  changed.dispatchEvent(new Event("change"))
}

/** The present path with some of its query changed; `null` takes a key out. */
export function withQuery(changes: Readonly<Record<string, string | null>>): string {
  const url = new URL(location.href)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(key)
    else url.searchParams.set(key, value)
  }
  return `${url.pathname}${url.search}`
}

/** Lets links to the viewer's own pages change the address without loading the page anew. */
export function followLinks(): void {
  document.addEventListener("click", event => {
    const link = (event.target as Element | null)?.closest?.("a[href]") as HTMLAnchorElement | null
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !isPlain || event.defaultPrevented || link.target || link.hasAttribute("download") || link.origin !== location.origin) return
    if (/^\/(api\/|openapi\.json|metrics)/.test(link.pathname)) return
    // A place on this page is the browser's own to go to.
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return
    event.preventDefault()
    go(link.href)
  })
}
