import {useEffect, useRef} from "preact/hooks"
import {saveCanvases} from "../picture.ts"
import {moved, nearer, type Place, type Sight} from "../plane.ts"

/** What lies under a pointer: its words, and what a click on it means. */
export type Found = {readonly told: string; readonly choose: () => void}

type PlaneProps = {
  readonly label: string
  /** What a saved picture is called, and the colour behind all. */
  readonly name: string
  readonly ground: string
  /** What the plane is of: where it is another, the reader looks anew at what is first. */
  readonly subject?: unknown
  /** Where to look first, in a box of this size. */
  readonly first: (box: Sight) => Sight
  /** The nearest sight to the given one that is allowed. */
  readonly within: (sight: Sight) => Sight
  /** What lies below and changes with the sight only, and what is drawn over it; each drawn anew where the function is another. */
  readonly below?: (context: CanvasRenderingContext2D, sight: Sight) => void
  readonly draw: (context: CanvasRenderingContext2D, sight: Sight) => void
  readonly find: (sight: Sight, pixel: Place) => Found | undefined
  /** A reader moved the plane. */
  readonly rests?: (sight: Sight) => void
  /** How much is drawn, for whoever looks at the page by a program. */
  readonly numbers: Readonly<Record<string, string | number>>
}

/** Pixels that a key moves by, and how much nearer a key or button brings. */
const step = 100
const stride = 1.6

/** How far a finger may stray in a click, in pixels. */
const steady = 4

/** A plane to move by pointer, fingers and keys, drawn by the processor: no graphics card is needed. A wheel scrolls the page, and zooms with Ctrl. */
export function Plane(props: PlaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const tip = useRef<HTMLParagraphElement>(null)
  const ground = useRef<{canvas: HTMLCanvasElement; sight: Sight; below: PlaneProps["below"]} | null>(null)
  const sight = useRef<Sight | null>(null)
  const isMoved = useRef(false)
  const frame = useRef(0)
  const now = useRef(props)
  now.current = props

  const paint = () => {
    frame.current = 0
    const context = canvas.current?.getContext("2d")
    const seen = sight.current
    if (!context || !seen) return
    const {below, draw} = now.current
    if (below && (ground.current?.sight !== seen || ground.current.below !== below)) {
      const under = ground.current?.canvas ?? document.createElement("canvas")
      const onto = fitted(under, seen)
      if (onto) below(onto, seen)
      ground.current = {canvas: under, sight: seen, below}
    }
    fitted(canvas.current!, seen)
    if (below) context.drawImage(ground.current!.canvas, 0, 0, seen.width, seen.height)
    // Each frame begins with the same strokes and letters, whatever the last one set.
    context.save()
    draw(context, seen)
    context.restore()
    Object.assign(canvas.current!.parentElement!.dataset, {drawn: "", ...now.current.numbers})
  }
  const repaint = () => {
    frame.current ||= requestAnimationFrame(paint)
  }
  const show = (next: Sight) => {
    sight.current = now.current.within(next)
    repaint()
  }
  const look = (next: Sight) => {
    isMoved.current = true
    show(next)
  }
  const tell = (found: Found | undefined, [x, y]: Place) => {
    const [box, words] = [canvas.current!, tip.current!]
    box.style.cursor = found ? "pointer" : ""
    words.hidden = !found
    words.textContent = found?.told ?? ""
    if (found)
      words.style.transform = `translate(${Math.round(Math.max(0, Math.min(x + 12, box.clientWidth - words.offsetWidth - 4)))}px, ${Math.round(y + 14)}px)`
  }

  useEffect(() => {
    const box = canvas.current!
    const resized = new ResizeObserver(() => {
      const [width, height] = [box.clientWidth, box.clientHeight]
      if (width === 0 || height === 0) return
      const size = {width, height}
      // What nobody moved yet is fitted into the box anew.
      show(sight.current && isMoved.current ? {...sight.current, ...size} : now.current.first({x: 0, y: 0, scale: 1, ...size}))
    })
    resized.observe(box)
    // Not passive: with Ctrl the page itself shall not be zoomed.
    const onWheel = (event: WheelEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !sight.current) return
      event.preventDefault()
      look(nearer(sight.current, Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 150), [event.offsetX, event.offsetY]))
      restSoon()
    }
    box.addEventListener("wheel", onWheel, {passive: false})
    return () => {
      resized.disconnect()
      box.removeEventListener("wheel", onWheel)
      cancelAnimationFrame(frame.current)
      clearTimeout(resting.current)
    }
  }, [])
  useEffect(repaint, [props.draw, props.below])
  useEffect(() => {
    isMoved.current = false
    if (sight.current) show(now.current.first(sight.current))
  }, [props.subject])

  const resting = useRef(0)
  const rest = () => sight.current && now.current.rests?.(sight.current)
  /** A wheel that turns and a key that is held rest at their end only: browsers refuse addresses that change too often. */
  const restSoon = () => {
    clearTimeout(resting.current)
    resting.current = window.setTimeout(rest, 200)
  }
  const zoom = (factor: number) => {
    if (!sight.current) return
    look(nearer(sight.current, factor, [sight.current.width / 2, sight.current.height / 2]))
    restSoon()
  }

  // Pointers that are down, where each was last; and whether they only clicked so far.
  const down = useRef(new Map<number, Place>()).current
  const began = useRef<Place | null>(null)
  const onPointerMove = (event: PointerEvent) => {
    const pixel: Place = [event.offsetX, event.offsetY]
    const was = down.get(event.pointerId)
    if (!sight.current) return
    if (!was) return tell(event.pointerType === "touch" ? undefined : now.current.find(sight.current, pixel), pixel)
    if (began.current && Math.hypot(pixel[0] - began.current[0], pixel[1] - began.current[1]) < steady) return
    began.current = null
    tell(undefined, pixel)
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
    const shifted = moved(sight.current, other ? [(pixel[0] - was[0]) / 2, (pixel[1] - was[1]) / 2] : [pixel[0] - was[0], pixel[1] - was[1]])
    const apart = (one: Place) => Math.max(1, Math.hypot(one[0] - other![0], one[1] - other![1]))
    look(other ? nearer(shifted, apart(pixel) / apart(was), [(pixel[0] + other[0]) / 2, (pixel[1] + other[1]) / 2]) : shifted)
    down.set(event.pointerId, pixel)
  }
  const onPointerUp = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return
    const clicked = began.current
    began.current = null
    if (clicked && event.type === "pointerup" && sight.current) now.current.find(sight.current, clicked)?.choose()
    else if (!clicked) rest()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !sight.current) return
    const way = {ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step]}[event.key] as Place | undefined
    const factor = {"+": stride, "=": stride, "-": 1 / stride}[event.key]
    if (way) {
      look(moved(sight.current, way))
      restSoon()
    } else if (factor) zoom(factor)
    else return
    event.preventDefault()
  }

  return (
    <>
      <div class="drawn">
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={`${props.label}. Arrow keys move it, + and − zoom`}
          onPointerDown={event => {
            if (event.button !== 0) return
            began.current = down.size === 0 ? [event.offsetX, event.offsetY] : null
            down.set(event.pointerId, [event.offsetX, event.offsetY])
            event.currentTarget.setPointerCapture(event.pointerId)
          }}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
          onPointerLeave={() => tell(undefined, [0, 0])}
          onKeyDown={onKeyDown}
        />
      </div>
      <div class="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => zoom(stride)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom(1 / stride)}>
          −
        </button>
      </div>
      <p class="tip" ref={tip} aria-hidden="true" hidden />
      <button type="button" class="small-button picture" onClick={() => saveCanvases(`${props.name}.png`, [canvas.current!], props.ground)}>
        Picture (PNG)
      </button>
    </>
  )
}

/** An empty canvas of the box's size, drawn upon in the page's pixels, with as many dots as the screen has. */
function fitted(canvas: HTMLCanvasElement, {width, height}: Sight): CanvasRenderingContext2D | null {
  const dots = devicePixelRatio
  const [across, along] = [Math.round(width * dots), Math.round(height * dots)]
  if (canvas.width !== across || canvas.height !== along) Object.assign(canvas, {width: across, height: along})
  const context = canvas.getContext("2d")
  context?.setTransform(dots, 0, 0, dots, 0, 0)
  context?.clearRect(0, 0, width, height)
  return context
}
