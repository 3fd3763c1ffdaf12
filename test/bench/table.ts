/** Rows of text in columns: the first to the left, numbers to the right. The first row is a head. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map(row => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) => row.map(pad).join('  ').trimEnd()
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  const rule = widths.map(width => '-'.repeat(width)).join('  ')
  const [head, ...body] = rows.map(line)
  return [head, rule, ...body].join('\n')
}
