import {useEffect, useMemo, useRef, useState} from "preact/hooks"

export type Chosen = {readonly start: number; readonly end: number; readonly text: string}

/** A word, or what stands between two: offsets count code points. */
type Piece = {readonly text: string; readonly start: number; readonly end: number; readonly isWord: boolean}

/** The words of a text, and what stands between them, paragraph by paragraph. */
function piecesOf(text: string): Piece[][] {
  let at = 0
  const paragraphs: Piece[][] = [[]]
  for (const [part] of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*[\p{L}\p{N}\p{M}]|[\p{L}\p{N}]|\n|[^\p{L}\p{N}\n]+/gu)) {
    const end = at + Array.from(part).length
    paragraphs.at(-1)!.push({text: part, start: at, end, isWord: /[\p{L}\p{N}]/u.test(part)})
    if (part === "\n") paragraphs.push([])
    at = end
  }
  return paragraphs.filter(pieces => pieces.length > 0)
}

/**
 * A text of which words are chosen: by a drag, by a tap on the first and one on the last, or with the arrow keys, Shift and Enter.
 *
 * @param shown  words that fields of the event have now, by their role
 * @param from   where the keyboard begins
 */
export function WordPicker({
  text,
  shown,
  from,
  asks,
  take,
  leave,
}: {
  text: string
  shown: readonly {readonly start: number; readonly end: number; readonly role: string}[]
  from: number
  /** What the words are for; `null` while nothing is asked for. */
  asks: string | null
  take: (words: Chosen) => void
  leave: () => void
}) {
  const paragraphs = useMemo(() => piecesOf(text), [text])
  const words = useMemo(() => paragraphs.flat().filter(({isWord}) => isWord), [paragraphs])
  const [anchor, setAnchor] = useState<number | null>(null)
  const [head, setHead] = useState<number | null>(null)
  const isDragging = useRef(false)
  const hasTapped = useRef(false)
  const byMouse = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const first = Math.max(
    0,
    words.findIndex(({end}) => end > from),
  )
  useEffect(() => {
    setAnchor(asks === null ? null : first)
    setHead(asks === null ? null : first)
    hasTapped.current = false
    if (asks !== null) box.current?.focus({preventScroll: true})
  }, [asks])
  useEffect(() => {
    box.current?.querySelector("[data-head], .has-trigger")?.scrollIntoView({block: "nearest"})
  }, [head, text])

  const isAsked = asks !== null && anchor !== null && head !== null
  const [low, high] = isAsked ? [Math.min(anchor, head), Math.max(anchor, head)] : [-1, -1]
  const chosen = isAsked ? {start: words[low]!.start, end: words[high]!.end} : null
  const cut = ({start, end}: {start: number; end: number}) => Array.from(text).slice(start, end).join("")
  const done = () => chosen && take({...chosen, text: cut(chosen)})

  const onKey = (event: KeyboardEvent) => {
    if (!isAsked || event.ctrlKey || event.metaKey || event.altKey) return
    const step = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8}[event.key]
    if (step !== undefined) {
      const next = Math.min(words.length - 1, Math.max(0, head + step))
      setHead(next)
      if (!event.shiftKey) setAnchor(next)
    } else if (event.key === "Enter") done()
    else if (event.key === "Escape") leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const wordAt = (target: EventTarget | null) => {
    const at = target instanceof Element ? target.closest<HTMLElement>("[data-word]")?.dataset.word : undefined
    return at === undefined ? null : Number(at)
  }
  let count = 0
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: no element is a text whose words are chosen */}
      <div
        ref={box}
        class="picker reading"
        dir="auto"
        role="group"
        tabIndex={asks === null ? -1 : 0}
        aria-label={asks === null ? "Report" : `Report: choose the words for ${asks} with the arrow keys, more of them with Shift, and take them with Enter`}
        data-asks={asks === null ? undefined : ""}
        onKeyDown={onKey}
        onPointerDown={event => {
          const at = wordAt(event.target)
          if (asks === null || at === null) return
          const isMouse = event.pointerType === "mouse"
          isDragging.current = byMouse.current = isMouse
          // A second tap goes on from the first, as one with Shift does.
          const goesOn = event.shiftKey || (!isMouse && hasTapped.current)
          hasTapped.current = !goesOn
          if (!goesOn) setAnchor(at)
          setHead(at)
        }}
        onPointerMove={event => {
          const at = isDragging.current ? wordAt(event.target) : null
          if (at !== null) setHead(at)
        }}
        onPointerUp={() => {
          isDragging.current = false
        }}
        // Two quick taps on words side by side are first and last, not a double click.
        onDblClick={() => byMouse.current && done()}
      >
        {paragraphs.map(pieces => (
          <p key={pieces[0]!.start} dir="auto">
            {pieces.map(({text: part, start, end, isWord}) => {
              const at = isWord ? count++ : count - 1
              const isIn = isWord ? at >= low && at <= high : at >= low && at < high
              const roles = shown.filter(one => one.start < end && start < one.end).map(({role}) => `has-${role}`)
              return (
                <span
                  key={start}
                  data-word={isWord ? at : undefined}
                  data-in={isIn ? "" : undefined}
                  data-head={isWord && isAsked && at === head ? "" : undefined}
                  class={[...new Set(roles)].join(" ") || undefined}
                >
                  {part}
                </span>
              )
            })}
          </p>
        ))}
      </div>
      {isAsked && chosen && (
        <p class="picker-bar">
          <span class="aside">{asks}:</span> <b dir="auto">{cut(chosen)}</b>{" "}
          <button type="button" class="button is-first" onClick={done}>
            Take these words
          </button>
        </p>
      )}
    </>
  )
}
