/**
 * Leaves out what is no part of the report: navigation, share lines, bylines, captions, credits, notices.
 *
 * A paragraph goes by what it says, which must hold for the whole of it (`isBoilerplate`), or by its shape: a few words
 * without a full stop, or any without one under a heading of links. In a text with no whole sentence, shape says nothing.
 */
export function withoutBoilerplate(paragraphs: readonly string[]): string[] {
  const hasSentence = paragraphs.some(line => isSentence(line) && !isBoilerplate(line))
  const kept: string[] = []
  let isListing = false
  for (const line of paragraphs) {
    const isLoose = hasSentence && !isSentence(line)
    isListing = isLoose && (isListing || listHeading.test(line))
    if (isBoilerplate(line) || isListing || (isLoose && isFragment(line))) continue
    const plain = withoutCredit(line)
    if (plain !== "") kept.push(plain)
  }
  return kept
}

/** Whether a paragraph, whole, is boilerplate by what it says. */
export function isBoilerplate(line: string): boolean {
  return line.length <= longest && (says.some(pattern => pattern.test(line)) || isByline(line) || isTimestamp(line) || isTrail(line))
}

/** Characters of the longest notice that a rule knows. */
const longest = 600

/** Whether a line ends as a sentence does and has the words for one. */
export function isSentence(line: string): boolean {
  return /[.!?…]["”’')\]]*$/.test(line) && countWords(line) > 3
}

/** A few words without a full stop: a link, a tag, a cross-heading, a caption. */
const isFragment = (line: string) => !/[.!?…:;,]["”’')\]]*$/.test(line) && countWords(line) <= 4

const countWords = (line: string) => line.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0

/** Headings under which links follow, up to the next sentence. */
const listHeading =
  /^(?:related(?: (?:stories|articles|news|topics|content|coverage|posts|links|reading))?|more (?:on (?:this|the) (?:story|topic|subject)|from .{1,40}|stories|news|top stories|like this)|(?:most|also|must) (?:read|popular|viewed|shared)|read (?:more|also|next)|see also|recommended(?: for you)?|trending(?: now)?|(?:latest|top|other) (?:news|stories|headlines)|editor[’']?s[’']? (?:picks?|choice)|you (?:may|might) (?:also )?(?:like|be interested in)|in (?:other news|this section)|tags|topics|keywords|what to read next|up next)\s*[:»›>]?$/i

/** What boilerplate says; each holds for a whole paragraph. */
const says: readonly RegExp[] = [
  listHeading,
  // labels of buttons, links and sections
  /^(?:advertisement|advertising|ad|sponsored(?: content| by .{1,40})?|promoted(?: content)?|paid (?:content|post)|(?:story|article) continues (?:below|after).{0,30}|scroll to continue|share|tweet|pin(?: it)?|print|e-?mail|save|copy(?: link)?|like|follow|subscribe|sign (?:up|in)|log ?in|register|donate|menu|search|home|close|next|previous|back(?: to top)?|skip to .{1,30}|comments?|\d+ comments?|(?:leave|post|add) a (?:comment|reply)|(?:show|load|view|see|read|learn) (?:more|less|all|comments)|continue reading|full story|watch(?: now| live)?|listen(?: now| to (?:this )?article)?|play|pause|mute|live|photos?|videos?|gallery|slideshow|about us|contact(?: us)?|privacy(?: policy| settings)?|terms(?: (?:of (?:use|service)|and conditions))?|cookie (?:policy|settings|preferences)|accessibility|site ?map|newsletters?|text size|breaking(?: news)?|exclusive|opinion|analysis|explainer|ends?|loading)\s*[.:!»›>→…]*$/i,
  /^(?:[-–—(]+\s*(?:end|ends|30)\s*[-–—)]+|#{2,}|\*{2,}|[.…]{1,5}|[-–—_=]{2,}|\[\s*(?:advertisement|…|\.\.\.)\s*\])$/i,
  // labels with what they label
  /^(?:tags?|topics?|related(?: [a-z]{3,12})?|read (?:more|also|next)|also read|more(?: on [^:]{1,40})?|see also|don[’']t miss|watch|listen|filed under|keywords?|categor(?:y|ies)|must read|recommended|trending|in pictures|gallery)\s*(?::|[-–—>»|]\s).{0,400}$/i,
  /^[[(]\s*(?:read(?: more| also)?|also read|watch|related|see also|more)\s*[:|].{1,300}[\])]$/i,
  /^(?:(?:file )?(?:photo(?:graph)?s?|image|picture)|video|credits?|caption|illustration|graphic|source|(?:cover|main|top|feature) image)(?: (?:credit|by|courtesy|source|caption))?\s*[:/©|].{1,200}$/i,
  /^(?:File |FILE )?(?:PHOTO|Photo|Image|Picture|Video|Graphic|Illustration)s?(?: by| courtesy(?: of)?) \p{Lu}\S*(?: (?:\p{Lu}\S*|for|of|via|and|the|[/|&–-])){0,9}\.?$/u,
  /^(?:©|(?:copyright|\(c\))\s*(?:©|\(c\)|\d{4}|by\b|:|[-–]|copyright)).{0,300}$/i,
  /^Copyright(?: (?:\p{Lu}\S*|of|the|and|&)){1,8}\.?$/u,
  /^.{0,200}\ball rights reserved\b.{0,300}$/i,
  // calls to the reader
  /^share (?:this|on|via|it|with|the (?:article|story|post)|your (?:thoughts|feedback|views))\b.{0,120}$/i,
  /^(?:follow|like|join|find|connect with|add) (?:us|me|our|@\w+|[\w .’']{1,40}) (?:on|at|via|in) (?:twitter|x|facebook|instagram|telegram|whatsapp|linkedin|youtube|tiktok|threads|mastodon|bluesky|flipboard|social media|google news)\b.{0,160}$/i,
  /^follow (?:us|@\w+|our)\b.{0,100}$/i,
  /^(?:sign[- ]?up|subscribe|register|click|tap|download|install)\b(?=.{0,200}\b(?:newsletters?|inbox|alerts?|briefing|e-?mails?|updates|our|your|notifications?|podcast|here|app)\b).{0,300}$/i,
  /^(?:get|join|receive|want|enter|start|become|try|support)\b(?=.{0,200}\b(?:our|your|us|you)\b)(?=.{0,200}\b(?:newsletters?|inbox|alerts?|e-?mails?|updates|app|channel|journalism|coverage|subscri(?:be|bers?|ption)|members?|membership|free trial|notifications?)\b).{0,300}$/i,
  /^(?:already (?:a (?:subscriber|member)|have an account|registered)|not a (?:subscriber|member)|thank(?:s| you) for (?:reading|subscribing|signing up|registering)|your (?:e-?mail address will not|subscription|free articles?)|you(?:[’']ve| have) (?:reached|used) your|this (?:article|content|story) is (?:only available to|reserved for|free) .{0,60}(?:subscribers|members|read)).{0,200}$/i,
  /^(?:we (?:and our partners |also )?(?:use|value|store) (?:your |and use )?(?:cookies|privacy)|(?:this|our) (?:web)?site (?:uses|requires|stores) cookies|by (?:continuing|using|clicking|browsing|closing)\b.{0,120}\b(?:cookies|our site|this site|terms|you agree|consent)|cookies (?:help|are used|on (?:this|our))|(?:accept|reject|manage|allow)(?: all)?(?: (?:cookies|preferences|settings|choices))$|please (?:enable|turn on|disable|turn off) (?:javascript|cookies|your ad ?block(?:er)?)|(?:enable|you need) javascript|your (?:privacy|browser)\b.{0,60}(?:choices|settings|support|matters|outdated)).{0,500}$/i,
  // notices about the text
  /^\([^()]{0,40}\b(?:reporting|writing|editing|compiled|edited|written|translated|produced) by\s[^()]{1,300}\)\.?$/i,
  /^[\p{L} ,.’'-]{2,100} contributed to (?:this|the) (?:report|story|article|reporting)(?: from [\p{L} ,.’'-]{2,60})?\.?$/u,
  /^[*(]?(?:this (?:story|article|report|post|page|piece|item|copy) (?:has been|was|is|will be|may be) (?:being |automatically |last )?(?:updated|corrected|amended|republished|syndicated|developing|adapted|translated)|this (?:story|article|report|post|piece) (?:was|has been|is) (?:originally|first|also) |the post .{1,200} (?:appeared|was) first (?:published )?on |this is a (?:breaking|developing) (?:news )?(?:story|report|item)|(?:editor[’']?s|publisher[’']?s) note\s*:|correction\s*:|disclaimer\s*:|(?:originally|first) published (?:by|in|on|at)|refresh (?:this|the) page|more (?:details|information) (?:to follow|soon|to come)|more to (?:follow|come)|(?:the )?views expressed|(?:please )?(?:send|e-?mail) (?:us|your) (?:tips|feedback|comments|corrections)|do you have (?:a tip|information|a story)|have you been affected|contact (?:the (?:author|reporter|editor|writer)|us)|for (?:more|all the latest|the latest)(?: [\w’']+){0,4},? (?:visit|follow us|see|go to|read|click|download|check out)\b).{0,400}$/i,
]

/** Who wrote it, where no sentence says so: "By Jane Doe and John Roe", "Reporting by Jane Doe in Cairo; editing by John Roe". */
function isByline(line: string): boolean {
  const [, names] =
    /^(?:words by|by|(?:additional |with )?(?:reporting|writing|text|story|edited|written|compiled|translated|editing)(?: and (?:editing|writing))? by|with (?:inputs?|files|reporting) from)\s+(.+)$/i.exec(
      line,
    ) ?? []
  if (!names || countWords(names) > 24) return false
  const words = names.split(/[\s,;|/•·]+/).filter(word => word !== "")
  const isShortName = words.length < 2 && !/ by | from /i.test(line)
  return (
    !isShortName &&
    /^\p{Lu}|^[@(]/u.test(names) &&
    words.every(word => nameWord.test(word)) &&
    !/^\p{L}+day\b|^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/u.test(names)
  )
}

/** What bylines are made of. */
const nameWord =
  /^(?:[(@]?\p{Lu}\S*|and|&|in|for|of|the|at|by|with|de|da|van|von|bin|der|al-\S+|el-\S+|[Ss]taff|writers?|reporters?|correspondents?|editors?|agencies|newsroom|bureau|desk|editing|reporting|writing|additional|[-–—]|\S+@\S+)$/u

/** A line of nothing but when: "Published 10:30 GMT, 17 Sep 2019", "Updated 3 hours ago", "5 min read". */
function isTimestamp(line: string): boolean {
  if (line.length > 120 || !/\d|\bago\b/.test(line)) return false
  return !/[\p{L}\p{N}]/u.test(line.replace(timeZones, "").replace(timeWords, ""))
}

/** EAT, CEST, AEDT and the like; "EST" is no word in capitals. */
const timeZones = /\b(?:[A-Z]{1,3}T|GMT|UTC|MSK|WIB)\b(?:[+-]\d{1,2})?/g

const timeWords =
  /\b(?:published|updated|posted|modified|created|issued|first|last|latest|update|date|time|on|at|ago|read|reading|local|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|may)[a-z]{0,6}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|[ap]\.?m\.?|\d{1,4}(?:st|nd|rd|th)?|\d{4}-\d{2}-\d{2}T[\d:.]+Z?)\b\.?/gi

/** Links in a row: "Home | World | Asia", "News » Europe » Politics". */
function isTrail(line: string): boolean {
  if (line.length > 300 || isSentence(line)) return false
  const links = line.split(/\s*[|»›•·]\s*|\s+[>/]\s+/)
  return links.length > 2 && links.every(link => countWords(link) <= 4)
}

/** Takes credits off the end of a paragraph; a caption that is no sentence without its credit goes whole, as "". */
function withoutCredit(line: string): string {
  const end = line.slice(-credit)
  const start = line.slice(0, -credit)
  const plain = start + end.replace(readMore, "").replace(wireCredit, "").replace(agencyCredit, "")
  const caption = photoCredit.exec(plain.slice(-credit))
  if (!caption) return plain
  const rest = plain.slice(0, plain.length - caption[0].length).trimEnd()
  return isSentence(rest) ? rest : ""
}

/** Characters of the longest credit. */
const credit = 400

/** A link at the end of a feed's excerpt. */
const readMore =
  /(?<=[.!?…]["”’)]?)\s*(?:(?:continue reading|read (?:more|on|the (?:full|rest|whole) .{1,40}|full (?:story|article))|more)\s*[.…→»>]*|\[(?:…|\.\.\.)\])$/i

/** "(Reporting by A; Editing by B)". */
const wireCredit =
  /\s*[([](?:additional )?(?:reporting|writing|editing|compiled|edited|with (?:reporting|inputs?|files?)) (?:by|from) [^()[\]]{2,380}[)\]]\.?$/i

/** "… he said. — Reuters", "… he said. (AFP)". */
const agencyCredit =
  /(?<=[.!?]["”’]?)\s*(?:[—–-]{1,2}\s?\p{Lu}[\p{L}/]{1,20}(?: \p{Lu}\p{L}{1,20})?|[([]\p{Lu}[\p{L}/]{1,20}(?:[ ,/&]{1,2}\p{Lu}\p{L}{0,20}){0,3}[)\]])$/u

/** "(Photo: A)", "[Photo/A]", "(AP Photo/A)", and after a sentence "Photo by A", "| AFP via Getty Images", "© A". */
const photoCredit =
  /\s*(?:[([](?:(?:file )?photo|image|picture|credit|[A-Z]{2,8} photo|source|screenshot)\b[^()[\]]{0,120}[)\]]|(?<=[.!?]["”’)]?\s{0,2})(?:[|/]\s*)?(?:(?:file )?(?:photo|image|photograph)s?(?: credit)?(?: by\s|:|\/)|credit:|©)\s?[^.|]{2,80}|(?<=^|\s|[.!?]["”’)]?)[|/]\s?[^.|/]{0,40}\b(?:afp|reuters|ap|getty(?: images)?|epa|xinhua|tass)\b[^.|]{0,40})\.?$/iu
