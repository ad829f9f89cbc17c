import {describe, expect, it} from "vitest"
import type {EventPage} from "../../../web/records.ts"
import {hasBrowser, seriousFaults, stage} from "./browser.ts"

const attack = (publisher: string, published: string, text: string) => ({
  id: publisher.toLowerCase(),
  title: text.split(" ").slice(0, 6).join(" "),
  publisher,
  published,
  text: `${text} More was not known.`,
})

const reports = () => [
  attack("Wire", "2026-02-03", "Kenya accused Uganda on Tuesday of holding three of its fishermen near Migingo."),
  attack("Herald", "2026-02-04", "On Tuesday Kenya accused Uganda of holding three Kenyan fishermen near Migingo."),
  attack("Courier", "2026-02-05", "On Tuesday Kenya accused Uganda over three fishermen near Migingo, and Uganda rejected the claim of Kenya on Thursday."),
]

const token = "a-token-for-reviewers"

describe.skipIf(!hasBrowser)("the page of stories", () => {
  const {open, address, faults} = stage(reports, {reviewToken: token})

  it("lists affairs, shows one's course and why mentions were merged, and keeps it all in the address", async () => {
    const page = await open("stories")
    await page.waitForSelector(".story-list .headline")
    expect(await page.textContent(".counted")).toContain("1 story out of 3 reports")
    await page.click(".story-list .headline")
    await page.waitForSelector(".course a")
    expect(await page.locator(".stacks tbody tr").count()).toBe(3)
    await page.locator(".course a", {hasText: "ACCUSE"}).first().click()
    await page.waitForSelector(".mentions li")
    expect(new URL(page.url()).searchParams.get("event")).toBe("wire/1")
    expect(await page.locator(".mentions > li").count()).toBe(3)
    expect(await page.textContent(".mentions")).toContain("Merged with wire/1: the same actor")
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  it("asks for a token before it rules, leads from a merged id to the event, and tells when a story is not there", async () => {
    const page = await open("stories/s1?event=herald%2F1")
    await page.waitForSelector(".notice")
    expect(await page.textContent(".notice")).toContain("herald/1 was merged into wire/1")
    await page.click(".mentions button")
    await page.waitForSelector(".failed")
    expect(await page.textContent(".failed")).toContain("to merge and split, open the link")
    await page.goto(`${address()}stories/s99`)
    await page.waitForSelector(".failed")
    expect(await page.textContent(".failed")).toContain("found none by this id")
    await page.goto(`${address()}stories?side=PER`)
    await page.waitForSelector(".empty")
    await page.context().close()
  })

  it("ui.md 6: a split makes two events, whose old addresses lead on with a notice; merging by hand and undoing restore the ids", async () => {
    const events = async () => ((await (await fetch(`${address()}api/v1/events?story=s1&type=ACCUSE`)).json()) as EventPage).rows.map(({event}) => event).sort()
    const before = await events()
    expect(before).toEqual(["wire/1"])
    const page = await open("stories/s1?event=wire%2F1")
    await page.click(".mentions li:has-text('Herald') button")
    await page.fill(".no-token input", token)
    await page.click(".no-token button")
    await page.waitForSelector(".no-token", {state: "detached"})
    const mentions = await page.locator(".mentions > li").count()
    await page.click(".mentions li:has-text('Herald') button")
    await page.waitForFunction(number => document.querySelectorAll(".mentions > li").length < number, mentions)
    expect((await events()).length).toBe(2)
    expect(await page.textContent(".rulings")).toContain("was split off by hand")
    await page.click(".rulings button")
    await page.waitForFunction(number => document.querySelectorAll(".mentions > li").length === number, mentions)
    expect(await events()).toEqual(before)
    await page.goto(`${address()}stories/s1?event=herald%2F1`)
    await page.waitForSelector(".notice >> text=herald/1 was merged into wire/1")
    await page.context().close()
  })

  it("needs no sideways scrolling on a phone", async () => {
    const page = await open("stories/s1?event=wire%2F1", {viewport: {width: 360, height: 700}, colorScheme: "dark"})
    await page.waitForSelector(".mentions li")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.context().close()
  })

  it("meets no fault", () => expect(faults.filter(fault => !/401|404/.test(fault))).toEqual([]))
})
