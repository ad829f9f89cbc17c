import assert from "node:assert/strict"
import {describe, it} from "vitest"
import {isBoilerplate, withoutBoilerplate} from "../../src/2-clean/boilerplate.ts"

const goes = (line: string) => assert.equal(isBoilerplate(line), true, line)
const stays = (line: string) => assert.deepEqual(withoutBoilerplate([line, "The police fired on the crowd."]), [line, "The police fired on the crowd."])

describe("isBoilerplate", () => {
  for (const line of [
    "Advertisement",
    "Tags",
    "Tags: Chad, Niger",
    "Share this article",
    "Share on Facebook",
    "Follow us on Twitter and Instagram",
    "Follow Harbour Wire on Telegram for more updates.",
    "Sign up for our newsletter",
    "Sign up to our morning briefing and get the news in your inbox.",
    "Subscribe to our channel!",
    "Read more: Somalia denies shelling",
    "Related: Uganda to host grain talks",
    "READ ALSO: Mali calls early elections",
    "(Read also: Mali calls early elections)",
    "Copyright 2024 Harbour Wire. All rights reserved.",
    "© 2024 Harbour Wire",
    "Photo: Harbour Wire",
    "Photo by Peter Kilonzo for Harbour Wire",
    "(Reporting by Amina Odera; editing by Peter Kilonzo)",
    "Reporting by Amina Odera in Nairobi; Editing by Peter Kilonzo",
    "Amina Odera contributed to this report.",
    "This story has been updated.",
    "This is a breaking news story and will be updated.",
    "This article was originally published in March.",
    "Loading…",
    "By Jane Doe",
    "By Jane Doe and John van der Berg, Harbour Wire",
    "BY JANE DOE IN CAIRO",
    "5 March 2024, 23:40 EAT",
    "Published 10:30 GMT, 17 Sep 2019",
    "Updated 3 hours ago",
    "5 min read",
    "Home | World | Africa",
    "News » Europe » Politics",
    "We use cookies to improve your experience. By continuing you agree to our terms.",
    "By continuing to use this site you agree to our use of cookies.",
    "Accept all cookies",
    "Skip to main content",
    "Leave a comment",
    "12 comments",
    "For more information, visit our website.",
    "Do you have a tip? Write to us.",
    "The views expressed are the author's own.",
    "The post Kenya recalls envoy appeared first on Harbour Wire.",
    "###",
    "- ENDS -",
  ]) {
    it(`knows "${line}"`, () => goes(line))
  }
})

describe("withoutBoilerplate", () => {
  for (const line of [
    "Share prices fell in Cairo after the army moved in.",
    "Sign language interpreters joined the march.",
    "Follow-up talks are planned for June.",
    "Support for the truce grew after a briefing by the minister.",
    "Photos by residents showed tanks on the bridge.",
    "The suspect was known from a photo by the police.",
    "Copyright holders sued the ministry in Dakar.",
    "Reporting by foreign journalists is banned in the north.",
    "By Monday, troops had left the town.",
    "This report was published by the U.N. and accuses Sudan of war crimes.",
    "More than forty villagers fled.",
    "Watch groups accused the ruling party of fraud.",
    "Comments by the minister angered Rabat.",
    "Tags on the weapons named their makers.",
    "Advertisements for the rebels' radio were torn down.",
    "“He has escaped,” the elder told Reuters in a phone interview.",
    "A Reuters/Ipsos poll put the rebels ahead.",
    "Home Secretary Jane Doe resigned.",
    "Live ammunition was used against the crowd.",
    "Get out of our country, the minister told the envoys.",
    "Join us, the general told the deserters.",
  ]) {
    it(`keeps "${line}"`, () => stays(line))
  }

  const leaves = (lines: string[], left: string[]) => assert.deepEqual(withoutBoilerplate(lines), left)

  it("drops links below a heading of links up to the next sentence", () =>
    leaves(
      [
        "The truce held on Sunday.",
        "Related stories",
        "Ethiopia reopens the rail line to the coast",
        "Uganda to host talks on the price of grain",
        "It was the third truce.",
      ],
      ["The truce held on Sunday.", "It was the third truce."],
    ))
  it("drops cross-headings", () =>
    leaves(["The truce held on Sunday.", "A long quarrel", "It was the third truce."], ["The truce held on Sunday.", "It was the third truce."]))
  it("keeps a text without a full stop", () => leaves(["Iran attacks Israel"], ["Iran attacks Israel"]))
  it("keeps a long line without a full stop", () =>
    leaves(
      ["The truce held on Sunday.", "Rebels say that they will keep it until June"],
      ["The truce held on Sunday.", "Rebels say that they will keep it until June"],
    ))
  it("takes a credit off the last sentence", () =>
    leaves(["The truce held on Sunday. (Reporting by A. Odera; Editing by B. Kilonzo)"], ["The truce held on Sunday."]))
  it("takes an agency off the last sentence", () => leaves(["The truce held on Sunday. — AFP"], ["The truce held on Sunday."]))
  it("takes an agency in brackets off", () => leaves(["The truce held on Sunday. (Xinhua)"], ["The truce held on Sunday."]))
  it("takes a photo credit off a sentence", () =>
    leaves(["Soldiers guard a bridge near Gedo on Monday. (AP Photo/Jane Doe)"], ["Soldiers guard a bridge near Gedo on Monday."]))
  it("drops a caption that is no sentence", () =>
    leaves(["The truce held on Sunday.", "The bridge near Gedo in March (Photo: Jane Doe)"], ["The truce held on Sunday."]))
})
