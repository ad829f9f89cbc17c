// Role nouns and phrases with their sector.
import {parts, rowsOf} from "./table.js"

/** PLOVER's sectors in CAMEO's sense (DESIGN.md: MED is media, HLH medical); sectors not here have no CAMEO role. */
const cameo = {JRN: "MED", MED: "HLH", PRM: "UAF", SOC: "CVL", NGO: "NGO", IGO: "IGO"}
const kept = new Set("GOV MIL REB CRM BUS LEG JUD COP EDU PTY UAF SPY ELI AGR LAB REF REL CVL".split(" "))

/** Patterns of the agents' list that name a place, a deed or a mere thing, and so nobody. */
const nobody =
  /^(capital|capital city|city|town|small town|province|village|settlement|community|neighborhood|neighbourhood|slum|prison house|a cabinet meeting|security check|intelligence (information|activity|operation)|military (conflict|presence|machine|led)|power|border security|revolt|uprising|rebellion|naval|land|barracks|driver|airliner|embassy in|consul general office|ordinary|vip|state|religion|islamic|jewish|hebrew|intelligence|mobile?|group|publication|television|internet site|website|blog|deputy|spokes.*|industry|business|boss|representative|representatives|delegate|congress|carrier|actor)$/

const expansions = {"!PERSON!": ["man", "men", "woman", "women", "person", "people"], "!MINIST!": ["minister", "ministry"]}

function expand(pattern) {
  const sort = /!PERSON!|!MINIST!/.exec(pattern)?.[0]
  const texts = sort
    ? expansions[sort].map(word => pattern.replace(sort, (pattern.startsWith(sort) || pattern.includes(` ${sort}`) || sort === "!MINIST!" ? "" : "") + word))
    : [pattern]
  return texts.flatMap(text => {
    const phrase = text
      .toLowerCase()
      .replace(/[.'’]/g, "")
      .replace(/[-_\s]+/g, " ")
      .trim()
    return phrase.endsWith(" minist") ? [`${phrase}er`, `${phrase}ry`] : [phrase]
  })
}

const organisationWords =
  /\b(ministry|department|office|agency|force|forces|army|navy|police|court|council|commission|committee|party|parties|group|organization|organisation|assembly|parliament|senate|bank|company|corp|corporation|union|federation|church|hospital|school|university|media|press|newspaper|station|bureau|authority|embassy|consulate|front|movement|association|service|guard|cartel|gang|militia|tribunal|ministry)$/

/** A phrase as runtime looks it up. */
const keyed = phrase => phrase.toLowerCase().replace(/[.'’]/g, "").replace(/-/g, " ")

export function roles() {
  const found = new Map()
  for (const [sector, kind, flags, phrases] of rowsOf("roles.tsv")) {
    for (const phrase of parts(phrases)) {
      const key = keyed(phrase)
      if (!found.has(key)) found.set(key, [key, sector === "null" ? null : sector, kind, flags || ""])
    }
  }
  for (const [pattern, plover] of rowsOf("plover-agents.tsv")) {
    const sector = cameo[plover] ?? (kept.has(plover) ? plover : undefined)
    if (!sector || pattern === "pattern") continue
    for (const phrase of expand(pattern)) {
      if (phrase.length < 3 || / (of|in|for|to|at|with)$/.test(phrase) || nobody.test(phrase) || found.has(phrase) || found.has(phrase.replace(/s$/, "")))
        continue
      found.set(phrase, [phrase, sector, organisationWords.test(phrase) ? "organisation" : "person", ""])
    }
  }
  return {
    about:
      "Role nouns and phrases, lower case, with their CAMEO role code and kind. flags: office (a former holder is ELI), serves (whom they serve says more than the word), last (a role only as the last word before a name or the end).",
    source: "knowledge/build/sources/roles.tsv (own); PLOVER agents of ahalterman/NGEC @787a06b NGEC/assets/PLOVER_agents.txt, mapped to CAMEO's codes",
    licence: "CC0-1.0 (own rows); MIT, Copyright (c) 2014 Open Event Data Alliance (PLOVER agents; licence text in knowledge/roles/LICENSE-plover-agents)",
    day: "2026-11-25",
    columns: ["phrase", "sector", "kind", "flags"],
    rows: [...found.values()],
  }
}
