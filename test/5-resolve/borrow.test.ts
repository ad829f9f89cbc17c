import {describe, expect, it} from "vitest"
import {borrow} from "../../src/5-resolve/borrow.ts"
import {refer} from "../../src/5-resolve/coreference.ts"
import {speakersOf} from "../../src/5-resolve/speaker.ts"
import {naming, story} from "./story.ts"

/** What is borrowed: "trigger role: mention via words". */
function borrowed(...sentences: string[]): string[] {
  const {report, sentences: spans, marks, wordsOf} = story(sentences)
  const speakers = speakersOf(marks)
  return borrow(report, spans, marks, {...refer(report, marks, speakers, naming), speakers}).map(({trigger, role, mention, via}) => {
    const [told, side] = [marks.triggers[trigger], marks.mentions[mention]]
    return `${told && wordsOf(told)} ${role}: ${side && wordsOf(side)} via ${wordsOf(via)}`
  })
}

describe("a noun for a deed stands for whoever did it", () => {
  it("by its type", () =>
    expect(borrowed("[Norway|1] <closed|SANCTION 1>2> its ports to [Kenya|2].", "[Kenya|2] <rejected|REJECT 2>> the ban.")).toEqual([
      "rejected recipient: Norway via the ban",
    ]))
  it("by its word", () =>
    expect(
      borrowed(
        "[Norway|1] <attacked|ASSAULT 1>2> a port of [Kenya|2].",
        "[Iran|3] <bombed|ASSAULT 3>4> [Chile|4].",
        "[Kenya|2] <condemned|ACCUSE 2>> the attack.",
      ),
    ).toEqual(["condemned recipient: Norway via the attack"]))
  it("with words before it", () =>
    expect(borrowed("[Norway|1] <closed|COERCE 1>> the strait.", "[Kenya|2] <denounced|ACCUSE 2>> the “illegal” move.")).toEqual([
      "denounced recipient: Norway via the “illegal” move",
    ]))
  it("of which the answer is a threat", () =>
    expect(borrowed("[Norway|1] <shelled|ASSAULT 1>2> [Kenya|2].", "[Kenya|2] <vowed to retaliate|THREATEN 2>> for the strike.")).toEqual([
      "vowed to retaliate recipient: Norway via the strike",
    ]))
  it("of praise", () =>
    expect(borrowed("[Norway|1] <freed|RETREAT 1>2> [protesters|2].", "[Kenya|3] <welcomed|SUPPORT 3>> the decision.")).toEqual([
      "welcomed recipient: Norway via the decision",
    ]))
})

describe("nothing is borrowed", () => {
  it("where the recipient is named", () =>
    expect(borrowed("[Norway|1] <closed|SANCTION 1>2> its ports to [Kenya|2].", "[Kenya|2] <rejected|REJECT 2>1> the ban of [Norway|1].")).toEqual([]))
  it("from oneself", () => expect(borrowed("[Norway|1] <closed|SANCTION 1>> its ports.", "[Norway|1] <defended|SUPPORT 1>> the ban.")).toEqual([]))
  it("from one's own government", () =>
    expect(borrowed("[Norway|1] <closed|SANCTION 1>> its ports.", "The [Norwegian president|2] <welcomed|SUPPORT 2>> the ban.")).toEqual([]))
  it("from a deed of another type", () =>
    expect(borrowed("[Norway|1] <praised|SUPPORT 1>2> [Kenya|2].", "[Iran|3] <condemned|ACCUSE 3>> the attack.")).toEqual([]))
  it("from a deed denied", () =>
    expect(borrowed("[Norway|1] <attacked|ASSAULT 1>2 negated> [Kenya|2].", "[Iran|3] <condemned|ACCUSE 3>> the attack.")).toEqual([]))
  it("from far off", () =>
    expect(
      borrowed("[Norway|1] <closed|COERCE 1>> the strait.", "It rained.", "It snowed.", "It thawed.", "[Kenya|2] <denounced|ACCUSE 2>> the move."),
    ).toEqual([]))
  it("where the noun is explained by itself", () =>
    expect(borrowed("[Norway|1] <closed|COERCE 1>> the strait.", "[Kenya|2] <welcomed|SUPPORT 2>> the decision to meet.")).toEqual([]))
  it("where the noun only tells the place", () =>
    expect(borrowed("[Norway|1] <closed|COERCE 1>> the strait.", "[Kenya|2] <told|ACCUSE 2>> reporters on the steps.")).toEqual([]))
  it("where more than two acted", () =>
    expect(borrowed("[Norway|1], [Chile|4] and [Iran|3] <closed|COERCE 1+3+4>> the strait.", "[Kenya|2] <denounced|ACCUSE 2>> the move.")).toEqual([]))
  it("from gunmen, where something was decided", () =>
    expect(
      borrowed("[Norway|1] <closed|COERCE 1>> the mines after [rebels|3] <raided|ASSAULT 3>> one.", "[Kenya|2] <rejected|REJECT 2>> the measure."),
    ).toEqual(["rejected recipient: Norway via the measure"]))
  it("from a promise, where a move is blamed", () =>
    expect(
      borrowed("[Norway|1] <shelled|ASSAULT 1>2> [Kenya|2].", "[Chile|4] <promised|AGREE 4>2> aid to [Kenya|2].", "[Iran|3] <condemned|ACCUSE 3>> the move."),
    ).toEqual(["condemned recipient: Norway via the move"]))
})

describe("an actor", () => {
  it("is that of the same deed told before", () =>
    expect(borrowed("[Norway|1] <attacked|ASSAULT 1>2> [Kenya|2].", "The <attack|ASSAULT >> began at dawn.")).toEqual([
      "attack actor: Norway via attack",
      "attack recipient: Kenya via attack",
    ]))
  it("is that of a deed told by another word", () =>
    expect(borrowed("[Norway|1] <shelled|ASSAULT 1>2> [Kenya|2].", "The <attack|ASSAULT >> began at dawn.")).toEqual([
      "attack actor: Norway via attack",
      "attack recipient: Kenya via attack",
    ]))
  it("is nobody where another suffered", () =>
    expect(borrowed("[Norway|1] <shelled|ASSAULT 1>2> [Kenya|2].", "The <attack|ASSAULT >3> upon [Chile|3] began at dawn.")).toEqual([]))
  it("is nobody where the deed is new", () =>
    expect(borrowed("[Norway|1] <attacked|ASSAULT 1>2> [Kenya|2].", "An <attack|ASSAULT >> began at dawn.")).toEqual([]))
  it("is the speaker of a quote that runs on", () =>
    expect(borrowed("{It is over|1}, said [Ana Ruiz|1].", "{We <condemn|ACCUSE >2> [Iran|2]|}.")).toEqual(["condemn actor: Ana Ruiz via condemn"]))
})
