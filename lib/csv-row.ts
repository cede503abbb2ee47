/** One line of CSV (RFC 4180). Cells are quoted where a reader would otherwise take them apart or trim them. */
export function writeRow(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}

/** A text that a spreadsheet would take for a formula gets a quote in front; a negative number is none. */
export function textCell(value: string): string {
  return /^[=+\-@\t\r]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value
}
