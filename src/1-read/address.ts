import {lookup as dnsLookup, type LookupAddress} from "node:dns"
import {BlockList, isIP} from "node:net"
import {CoderError} from "../0-records/index.ts"

/** Special-purpose IPv4 ranges of IANA's registry, with multicast and the reserved class E. */
const special4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]

/** Special-purpose ranges inside the global unicast block 2000::/3; all outside of it is refused. */
const special6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
]

const refused = new BlockList()
for (const [net, bits] of special4) refused.addSubnet(net, bits, "ipv4")
for (const [net, bits] of special6) refused.addSubnet(net, bits, "ipv6")

const unicast = new BlockList()
unicast.addSubnet("2000::", 3, "ipv6")

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refused.check(address, "ipv4")
  return family === 6 && unicast.check(address, "ipv6") && !refused.check(address, "ipv6")
}

/**
 * Checks an address before anything is sent to it: http or https, the usual ports, no IP literal of a private network.
 *
 * undici asks no lookup about a literal, so that it must be caught here. Names are checked in `lookupPublic`.
 *
 * @throws CoderError `fetch-refused`
 */
export function refusePrivate(url: URL): void {
  const because = (reason: string) => new CoderError("fetch-refused", `Cannot fetch ${shown(url)}: ${reason}`)
  if (url.protocol !== "http:" && url.protocol !== "https:") throw because("expected http or https")
  if (url.port !== "") throw because("expected the port 80 of http or 443 of https")
  const host = url.hostname.replace(/^\[|\]$/g, "")
  if (isIP(host) > 0 && !isPublic(host)) throw because(`${host} is no address of the public internet`)
  if (/(?:^|\.)(?:localhost|local|internal|home\.arpa)\.?$/i.test(host)) throw because(`${host} names a private network`)
}

/** An address without credentials and query, as messages show it. */
export function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** A lookup for undici that answers only where every address of the name is public; the connection goes to those checked. */
export function lookupPublic(host: string, options: {all?: boolean}, answer: Answer): void {
  dnsLookup(host, {all: true}, (error, found) => {
    if (error) return answer(error, [])
    const stray = found.find(({address}) => !isPublic(address))
    const [first] = found
    if (stray || !first) return answer(new CoderError("fetch-refused", `Cannot fetch from ${host}: ${stray?.address} is no address of the public internet`), [])
    if (options.all) return answer(null, found)
    return answer(null, first.address, first.family)
  })
}
