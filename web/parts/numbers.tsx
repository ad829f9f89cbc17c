/** Columns of numbers: their headings. */
export const NumberHeads = ({names}: {names: readonly string[]}) => (
  <>
    {names.map(name => (
      <th key={name} scope="col" class="number">
        {name}
      </th>
    ))}
  </>
)

/** A row's numbers, each with the heading that stands beside it where a narrow page has no room for columns. */
export const NumberCells = ({cells}: {cells: Readonly<Record<string, number | string>>}) => (
  <>
    {Object.entries(cells).map(([name, value]) => (
      <td key={name} class="number" data-label={name.toLowerCase()}>
        {typeof value === "number" ? value.toLocaleString("en-GB") : value}
      </td>
    ))}
  </>
)
