import type {Told} from "./browser.ts"

/** Two invented months of a few dyads: for each week a handful of reports. The text is ours. */
export function twoMonths(): Told[] {
  const weeks = Array.from({length: 8}, (_, week) => new Date(Date.UTC(2026, 0, 7 + week * 7)).toISOString().slice(0, 10))
  return weeks.flatMap((published, week) =>
    [
      `China accused the United States of violating its airspace. “This was the ${week + 1}. flight this year,” Chinese Foreign Minister Wang Yi said.`,
      `Chinese Foreign Minister Wang Yi met Venezuelan Foreign Minister Yvan Gil in Beijing. Venezuela thanked China for its loan. China had criticised the sanctions for years.`,
      ...(week % 2 === 0
        ? [
            `The United States imposed sanctions on Venezuela. Venezuela rejected the sanctions. “They will not break us,” Venezuelan Foreign Minister Yvan Gil said.`,
          ]
        : []),
      ...(week > 4 ? [`China condemned Venezuela over the seizure of a ship. Venezuela may expel the Chinese ambassador.`] : []),
    ].map((text, n) => ({
      id: `w${week}-${n}`,
      title: `Week ${week + 1}, report ${n + 1}`,
      publisher: n % 2 === 0 ? "Example Wire" : "The Example",
      published,
      text,
    })),
  )
}
