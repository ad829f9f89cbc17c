/** Takes Markdown's syntax off, where it can be nothing else: what it marks stays, images and link targets go. */
export function withoutMarkdown(text: string): string {
  let plain = text
  for (const [pattern, put] of syntax) plain = plain.replace(pattern, put)
  return plain
}

const syntax: readonly (readonly [RegExp, string])[] = [
  [/<!--[^<>]{0,2000}-->/g, ""],
  [/!\[([^\]\n]{0,300})\]\([^()\s]{1,2000}(?: "[^"\n]{0,300}")?\)/g, ""],
  [/\[([^[\]\n]{1,300})\]\((?:https?:|mailto:|\/|#|\.)[^()\s]{0,2000}(?: "[^"\n]{0,300}")?\)/g, "$1"],
  [/<(https?:\/\/[^<>\s]{1,2000})>/g, "$1"],
  [/^ {0,3}(?:```|~~~).*$/gm, ""],
  [/^ {0,3}(?:[-*_] ?){3,}$/gm, ""],
  [/^ {0,3}#{1,6} +(.*?)(?: +#+)?$/gm, "\n$1\n"],
  [/^ {0,3}(?:> ?)+/gm, ""],
  [/(\*\*|__)(?=[^\s*_])([^*_\n]{1,500})(?<=\S)\1/g, "$2"],
  [/(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^*_\n]{1,300})(?<=\S)\1(?![\p{L}\p{N}*_])/gu, "$2"],
  [/`([^`\n]{1,200})`/g, "$1"],
]
