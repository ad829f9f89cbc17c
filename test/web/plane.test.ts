import {describe, expect, it} from "vitest"
import {around, distanceTo, moved, nearer, type Place, pixelOf, placeOf, type Sight} from "../../web/plane.ts"

const sight: Sight = {x: 10, y: 20, scale: 2, width: 300, height: 200}

describe("what is seen of a plane", () => {
  it("has its middle in the middle", () => expect(pixelOf(sight, [10, 20])).toEqual([150, 100]))
  it("tells a place by its pixel, and back", () => expect(placeOf(sight, pixelOf(sight, [3, 7]))).toEqual([3, 7]))
  it("keeps what is under the pointer where it is, when it comes nearer", () => {
    const pixel: Place = [40, 180]
    const after = nearer(sight, 3, pixel)
    expect(after.scale).toBe(6)
    const [x, y] = placeOf(after, pixel)
    const [wasX, wasY] = placeOf(sight, pixel)
    expect([x, y].map(Math.round)).toEqual([wasX, wasY].map(Math.round))
  })
  it("moves what it shows with the pointer", () => expect(pixelOf(moved(sight, [30, -8]), [10, 20])).toEqual([180, 92]))
  it("holds all places with a margin, and comes no nearer than allowed", () => {
    const wide = around(
      [
        [0, 0],
        [100, 10],
      ],
      sight,
      {margin: 50, most: 8},
    )
    expect([wide.x, wide.y, wide.scale]).toEqual([50, 5, 2])
    expect(around([[5, 5]], sight, {margin: 50, most: 8})).toEqual({...sight, x: 5, y: 5, scale: 8})
  })
})

describe("how far a pixel is from a line", () => {
  const line: Place[] = [
    [0, 0],
    [10, 0],
    [10, 10],
  ]
  it("is told by its nearest piece", () => expect(distanceTo(line, [5, 3])).toBe(3))
  it("ends with the line", () => expect(distanceTo(line, [10, 14])).toBe(4))
})
