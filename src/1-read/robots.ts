/**
 * Whether a robots.txt allows a path, by RFC 9309: the longest rule that matches decides, and `allow` wins a tie.
 *
 * @param agent  the product token, lower case, such as `communique`
 * @param path   path and query of the address
 */
export function allows(robots: string, agent: string, path: string): boolean {
  const groups = groupsOf(robots)
  const own = groups.filter(({agents}) => agents.includes(agent))
  const rules = (own.length > 0 ? own : groups.filter(({agents}) => agents.includes("*"))).flatMap(group => group.rules)
  let best = {length: -1, isAllowed: true}
  for (const {pattern, isAllowed} of rules) {
    if (!matches(pattern, path)) continue
    if (pattern.length > best.length || (pattern.length === best.length && isAllowed)) best = {length: pattern.length, isAllowed}
  }
  return best.isAllowed
}

type Group = {readonly agents: string[]; readonly rules: {readonly pattern: string; readonly isAllowed: boolean}[]}

function groupsOf(robots: string): Group[] {
  const groups: Group[] = []
  let isNaming = false
  for (const line of robots.split(/\r\n?|\n/)) {
    const at = line.indexOf(":")
    const key = line.slice(0, Math.max(at, 0)).trim().toLowerCase()
    const value = (line.slice(at + 1).split("#", 1)[0] ?? "").trim()
    if (key === "user-agent") {
      if (!isNaming) groups.push({agents: [], rules: []})
      groups.at(-1)?.agents.push((value.split("/", 1)[0] ?? "").toLowerCase())
      isNaming = true
    } else if (key === "allow" || key === "disallow") {
      if (value !== "") groups.at(-1)?.rules.push({pattern: value, isAllowed: key === "allow"})
      isNaming = false
    }
  }
  return groups
}

/** Whether a pattern with `*` and a closing `$` matches from the start of a path; each part is sought once. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith("$")
  const [head = "", ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split("*")
  if (!path.startsWith(head)) return false
  let at = head.length
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    const found = isWhole && isLast ? (path.endsWith(part) ? path.length - part.length : -1) : path.indexOf(part, at)
    if (found < at) return false
    at = found + part.length
  }
  return !isWhole || at === path.length
}
