/** Keys of the cache; what starts alike is refreshed together. */
export const queryKeys = {
  workspace: ['workspace'],
  health: ['health'],
  allocations: ['allocations'],
  explanation: ['explanation'],
  streams: ['streams'],
  stream: (name: string) => ['streams', name],
  records: (name: string) => ['streams', name, 'records'],
  batches: (name: string) => ['streams', name, 'batches'],
  catalogue: ['catalogue'],
  costs: ['costs'],
  imports: ['cost-imports'],
  dimensions: ['dimensions'],
  costformation: ['costformation'],
  elements: ['dimensions', 'elements'],
  apiKeys: ['api-keys'],
} as const satisfies Record<string, readonly string[] | ((name: string) => readonly string[])>
