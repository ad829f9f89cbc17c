/** A plane that is looked at through a box of pixels: a map's, or a network's. */

/** What is seen of a plane: its middle in the plane's units, pixels of one unit, and the box in pixels. */
export type Sight = {readonly x: number; readonly y: number; readonly scale: number; readonly width: number; readonly height: number}

export type Place = readonly [number, number]

/** Where a place of the plane is in the box. */
export const pixelOf = ({x, y, scale, width, height}: Sight, [atX, atY]: Place): Place => [width / 2 + (atX - x) * scale, height / 2 + (atY - y) * scale]

/** What place of the plane is at a pixel of the box. */
export const placeOf = ({x, y, scale, width, height}: Sight, [left, top]: Place): Place => [x + (left - width / 2) / scale, y + (top - height / 2) / scale]

/** Nearer by `factor`, where what is at a pixel stays there. */
export function nearer(sight: Sight, factor: number, pixel: Place): Sight {
  const [x, y] = placeOf(sight, pixel)
  return {...sight, x: x + (sight.x - x) / factor, y: y + (sight.y - y) / factor, scale: sight.scale * factor}
}

/** Moved by pixels: what was in the middle is then that far right and down. */
export const moved = (sight: Sight, [right, down]: Place): Sight => ({...sight, x: sight.x - right / sight.scale, y: sight.y - down / sight.scale})

/** Places around which the sight fits, with `margin` pixels to spare; one unit has `most` pixels at most. */
export function around(places: readonly Place[], {width, height}: Sight, {margin, most}: {readonly margin: number; readonly most: number}): Sight {
  const [lefts, tops] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...lefts), Math.max(...lefts), Math.min(...tops), Math.max(...tops)]
  const scale = Math.min(most, Math.max(1, width - 2 * margin) / (right - left || 1e-9), Math.max(1, height - 2 * margin) / (bottom - top || 1e-9))
  return {x: (left + right) / 2, y: (top + bottom) / 2, scale, width, height}
}

/** How far a pixel is from a line through pixels. */
export function distanceTo(line: readonly Place[], [x, y]: Place): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 1; at < line.length; at++) {
    const [[x1, y1], [x2, y2]] = [line[at - 1]!, line[at]!]
    const [dx, dy] = [x2 - x1, y2 - y1]
    const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(x1 + along * dx - x, y1 + along * dy - y))
  }
  return least
}
