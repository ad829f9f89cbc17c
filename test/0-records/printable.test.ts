import {expect, it} from "vitest"
import {printable} from "../../src/0-records/index.ts"

it("leaves words alone and lets nothing steer a terminal", () => {
  expect(printable("Žižek said “no” — 5 €")).toBe("Žižek said “no” — 5 €")
  expect(printable("a\u001b[31mb\nc\u202ed\u009be\u2066f\u200fg")).toBe("a\ufffd[31mb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg")
})
