import {setTimeout as sleep} from "node:timers/promises"
import {describe, expect, it} from "vitest"
import {until} from "../../src/cli/interrupt.ts"

describe("until", () => {
  /** Numbers for ever, with what was told of its end. */
  function counting(pauseMs = 0) {
    const told = {isClosed: false}
    async function* numbers() {
      try {
        for (let i = 0; ; i++) {
          if (pauseMs > 0) await sleep(pauseMs, undefined, {ref: false})
          yield i
        }
      } finally {
        told.isClosed = true
      }
    }
    return {told, numbers: numbers()}
  }

  it("closes what it reads from when its reader leaves", async () => {
    const {told, numbers} = counting()
    for await (const number of until(new AbortController().signal, numbers)) if (number === 2) break
    expect(told.isClosed).toBe(true)
  })

  it("ends at once when it is told to stop, though the next item never comes", async () => {
    const {numbers} = counting(1e8)
    const stop = new AbortController()
    setImmediate(() => stop.abort())
    for await (const number of until(stop.signal, numbers)) expect(number).toBe("none")
    expect(stop.signal.aborted).toBe(true)
  })

  it("hands errors on", async () => {
    async function* failing() {
      yield 1
      throw new Error("broken")
    }
    const read = async () => {
      for await (const _ of until(new AbortController().signal, failing()));
    }
    await expect(read()).rejects.toThrow("broken")
  })
})
