import type {RefObject} from "preact"
import {useLayoutEffect, useState} from "preact/hooks"

/** From the first code point of some words to that of the words they lead to. */
export type Link = {readonly from: number; readonly to: number}

/** Draws lines over the text, from words to what they point at. The rows say the same in words. */
export function Chain({text, links}: {text: RefObject<HTMLElement | null>; links: readonly Link[]}) {
  const [paths, draw] = useState<readonly string[]>([])
  const key = links.map(({from, to}) => `${from}-${to}`).join()
  useLayoutEffect(() => {
    const measure = () => draw(text.current ? links.flatMap(link => pathOf(text.current!, link)) : [])
    measure()
    addEventListener("resize", measure)
    return () => removeEventListener("resize", measure)
  }, [key])
  return (
    <svg class="chain" aria-hidden="true">
      {paths.map(path => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}

/** An arc in the space between lines; nothing where one end is not drawn. */
function pathOf(container: HTMLElement, {from, to}: Link): string[] {
  const box = container.getBoundingClientRect()
  const [start, end] = [from, to].map(at => container.querySelector(`[data-start="${at}"]`)?.getClientRects()[0])
  if (!start || !end) return []
  const [x1, y1] = [start.left - box.left + Math.min(start.width / 2, 24), start.top - box.top + 2]
  const isSameLine = Math.abs(start.top - end.top) < 4
  const [x2, y2] = [end.left - box.left + Math.min(end.width / 2, 24), (isSameLine ? end.top + 2 : end.bottom - 1) - box.top]
  const lift = isSameLine ? 14 : Math.min(40, Math.abs(y1 - y2) / 2)
  return [
    `M${x1.toFixed(1)} ${y1.toFixed(1)} C${x1.toFixed(1)} ${(y1 - lift).toFixed(1)} ${x2.toFixed(1)} ${(isSameLine ? y2 - lift : y2 + lift).toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`,
  ]
}
