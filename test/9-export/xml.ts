import {DOMParser} from "linkedom"

/** As much of an element as the tests ask. */
export type Element = {
  readonly textContent: string
  readonly getAttribute: (name: string) => string | null
  readonly querySelector: (selector: string) => Element | null
  readonly querySelectorAll: (selector: string) => Iterable<Element>
}

/** The elements of a name in an XML document. */
export function elementsOf(xml: Buffer): (name: string) => Element[] {
  const document = new DOMParser().parseFromString(xml.toString(), "text/xml") as unknown as Element
  return name => [...document.querySelectorAll(name)]
}
