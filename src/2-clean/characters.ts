/**
 * Settles the characters of a text: one form for each, one kind of space and line end, nothing that is not seen.
 *
 * Canonical composition (NFC); windows-1252 where its characters were taken for controls; every line end a line feed; odd spaces and tabs a space; zero-width marks, bidirectional
 * controls, soft hyphens, tag and control characters gone; lone surrogates U+FFFD; entities that were encoded twice
 * decoded; ligatures spelt out; no more than eight marks on a letter, since composing takes the square of their number. Quotation marks and dashes stay as they are written.
 */
export function settle(text: string): string {
  return decoded(text)
    .replace(/[\u0080-\u009f]/g, control => windows1252[control.charCodeAt(0) - 0x80] ?? "")
    .replace(/\r\n?|[\u2028\u000b]/g, "\n")
    .replace(/[\u2029\u000c]/g, "\n\n")
    .replace(/[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .replace(invisible, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\ufb00-\ufb06]/g, ligature => ligature.normalize("NFKC"))
    .replace(/(\p{M}{8})\p{M}+/gu, "$1")
    .normalize("NFC")
}

/** Zero-width and bidirectional controls, soft hyphen, other controls, interlinear and tag characters. */
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u034f|\udb40[\udc00-\udc7f]/g

/** Entities that feeds and tables leave behind, by name; numbers are read as HTML reads them. */
const entities: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", sbquo: "‚", bdquo: "„",
  laquo: "«", raquo: "»", ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·", copy: "©", reg: "®", trade: "™", deg: "°",
  euro: "€", pound: "£", yen: "¥", cent: "¢", sect: "§", shy: "", ensp: " ", emsp: " ", thinsp: " ", zwnj: "", zwj: "",
  aacute: "á", agrave: "à", acirc: "â", auml: "ä", atilde: "ã", aring: "å", ccedil: "ç", eacute: "é", egrave: "è", ecirc: "ê", euml: "ë",
  iacute: "í", igrave: "ì", icirc: "î", iuml: "ï", ntilde: "ñ", oacute: "ó", ograve: "ò", ocirc: "ô", ouml: "ö", otilde: "õ", oslash: "ø",
  uacute: "ú", ugrave: "ù", ucirc: "û", uuml: "ü", szlig: "ß",
} // biome-ignore format: a table

function decoded(text: string): string {
  if (!text.includes("&")) return text
  const once = (from: string) => from.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,6}));/g, decode)
  return once(once(text))
}

function decode(whole: string, decimal?: string, hex?: string, name = ""): string {
  if (!decimal && !hex) return entities[name] ?? whole
  const point = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16)
  return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? "\ufffd" : String.fromCodePoint(point)
}

/**
 * What the control characters 128 to 159 stand for in windows-1252, which is what texts mean by them: HTML reads "&#146;"
 * so, and room 1 decodes that charset as latin1, since some Node 20 to 24 can do no other (nodejs/node#56542).
 */
const windows1252 = [..."€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"].map(character => character.replace(/[\u0080-\u009f]/, ""))
