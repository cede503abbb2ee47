/** Most groups that a chart and its table show, to choose from. */
export const TOPS = [5, 10, 20, 50] as const
