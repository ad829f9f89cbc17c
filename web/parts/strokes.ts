import type {Place} from "../plane.ts"

/** What maps and networks both draw. */

/** Names written where none lies over another, the first ones first; each with a seam around it, so that it is read over lines. */
export function writeNames(
  context: CanvasRenderingContext2D,
  names: readonly {readonly name: string; readonly at: Place; readonly align: "center" | "left"}[],
  {ink, seam}: {readonly ink: string; readonly seam: string},
): void {
  context.font = "500 12px system-ui, 'Liberation Sans', sans-serif"
  Object.assign(context, {textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: seam, fillStyle: ink})
  const taken: [number, number, number, number][] = []
  for (const {name, at, align} of names) {
    const {width} = context.measureText(name)
    const [left, top] = [align === "center" ? at[0] - width / 2 : at[0], at[1] - 8]
    const box: [number, number, number, number] = [left - 3, top, left + width + 3, top + 16]
    if (taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue
    taken.push(box)
    context.textAlign = "left"
    context.strokeText(name, left, at[1])
    context.fillText(name, left, at[1])
  }
}

/** A head of an arrow whose point is at a pixel. */
export function drawHead(context: CanvasRenderingContext2D, [x, y]: Place, angle: number, length: number): void {
  const corner = (turn: number): Place => [x - length * Math.cos(angle + turn), y - length * Math.sin(angle + turn)]
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(...corner(0.42))
  context.lineTo(...corner(-0.42))
  context.closePath()
  context.fill()
}
