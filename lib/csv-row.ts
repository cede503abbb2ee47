/** One line of CSV (RFC 4180). Cells are quoted where a reader would otherwise take them apart or trim them. */
export function writeRow(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
