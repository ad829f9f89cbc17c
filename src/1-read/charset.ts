/** Decoded text, with the number of characters that could not be read and stand as U+FFFD. */
export type Decoded = {readonly text: string; readonly replaced: number; readonly charset: string}

/**
 * Decodes bytes of unknown charset.
 *
 * A byte order mark decides; then UTF-8, where the bytes are UTF-8 and not plain ASCII by chance; then what the document
 * or the server says (`<meta charset>`, XML declaration, `declared`); then UTF-8 where more sequences are whole than
 * broken, as in a cut file; else windows-1252, which HTML takes for any unknown Western page.
 */
export function decode(bytes: Uint8Array, declared?: string): Decoded {
  const marked = byMark(bytes)
  if (marked) return decodeAs(bytes, marked)
  const whole = strictly(withoutCutEnd(bytes))
  if (whole !== undefined) return whole.length === 0 && bytes.length > 0 ? decodeAs(bytes, "utf-8") : {...decodeAs(bytes, "utf-8"), charset: "utf-8"}
  const said = [declared, saidInside(bytes)].find(label => label !== undefined && isCharset(label) && !/^utf-?8$/i.test(label))
  if (said) return decodeAs(bytes, said)
  const lossy = decodeAs(bytes, "utf-8")
  const sound = lossy.text.match(/[\u0080-\ufffc]/g)?.length ?? 0
  return sound > lossy.replaced ? lossy : decodeAs(bytes, "windows-1252")
}

/** The charset that a byte order mark says. */
export function byMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8"
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le"
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be"
  return undefined
}

/** Decodes the parts of a stream; called without one at its end. */
export function recoder(charset: string): (part?: Uint8Array) => string {
  const decoder = new TextDecoder(charset)
  // some Node 20 to 24 decode windows-1252 as latin1 (nodejs/node#56542): all do so here, and room 2 settles the difference
  if (decoder.encoding === "windows-1252") return part => Buffer.from(part ?? []).toString("latin1")
  return part => decoder.decode(part, {stream: part !== undefined})
}

function decodeAs(bytes: Uint8Array, charset: string): Decoded {
  const recode = recoder(charset)
  const text = recode(bytes) + recode()
  return {text, charset, replaced: text.includes("\ufffd") ? (text.match(/\ufffd/g)?.length ?? 0) : 0}
}

function strictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", {fatal: true}).decode(bytes)
  } catch {
    return undefined
  }
}

/** Without the first bytes of a UTF-8 character whose others are cut off. */
function withoutCutEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
    if (needs > back) return bytes.subarray(0, bytes.length - back)
    if (byte < 0x80 || needs > 0) break
  }
  return bytes
}

/** The charset that a page or an XML document says in its first 4,096 bytes. */
function saidInside(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096))
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})/i.exec(head)?.[1] ?? /^<\?xml[^>]{0,200}encoding\s*=\s*["']([\w-]{2,40})/i.exec(head)?.[1]
}

function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== "replacement"
  } catch {
    return false
  }
}
