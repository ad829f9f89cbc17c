import {expect, it} from "vitest"
import {openKnowledge} from "../../src/5-resolve/index.ts"
import {type Linked, linkedReports, linksIn} from "./links.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

/** Links of one half: 268 and 247 of them, and the sides that deeds have by way of "the order". */
function shareOf(half: Linked["half"]): number {
  const links = linkedReports.filter(report => report.half === half).flatMap(report => linksIn(report, knowledge))
  expect(links.length).toBeGreaterThan(240)
  return links.filter(({isRight}) => isRight).length / links.length
}

it("links pronouns, offices and descriptions of whole reports to whom they mean", () => expect(shareOf("tuned")).toBeGreaterThan(0.8))
it("links those of reports that were held out from tuning", () => expect(shareOf("held")).toBeGreaterThan(0.68))
