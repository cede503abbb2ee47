/** Where a run writes: what readers see once its pointers flip, or what is only tried out. */
export interface RunTables {
  cells: 'allocation_cell' | 'trial_cell'
  values: 'rule_value' | 'trial_rule_value'
  /** What pools gave before they handed on; nobody asks that of a trial. */
  poolWeights: 'pool_weight' | null
}

export const RUN_TABLES: RunTables = { cells: 'allocation_cell', values: 'rule_value', poolWeights: 'pool_weight' }
export const TRIAL_TABLES: RunTables = { cells: 'trial_cell', values: 'trial_rule_value', poolWeights: null }

/** A run of numbers that no stored run has: what is tried out, and the steps on the way to a run's cells. */
export const trialRunId = (): number => 2 ** 31 + Math.floor(Math.random() * (2 ** 31 - 2))
