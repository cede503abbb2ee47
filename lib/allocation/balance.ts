import { sqlString } from '../costformation/sql-literal'

/** The first key of cells that hold a balancing line of a rate (decision 013): no cost line has such a value. */
const BALANCE = '\n#balance'

/** The keys of a balancing line's cell: of no row of cost, and as many for each element and cell. */
export const balanceKeys = (element: string, keys: readonly string[]) => [BALANCE, element, ...keys]

/** Whether a stored cell, by its `keys`, is a balancing line. */
export const isBalanceSql = (keys: string) => `${keys}[1] = ${sqlString(BALANCE)}`

/** The keys of the cell that a balancing line belongs to. */
export const balancedKeysSql = (keys: string) => `arraySlice(${keys}, 3)`

/** The same of keys that were read: what a balancing line belongs to, or null for another cell. */
export const balancedKeys = (keys: readonly string[]): string[] | null => (keys[0] === BALANCE ? keys.slice(2) : null)
