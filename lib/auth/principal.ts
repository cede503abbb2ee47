import type { Scope } from '../contract/workspace'

/** Who asks: a key, or a person with a session. */
export interface Principal {
  kind: 'key' | 'user' | 'system'
  id: string
  /** As shown beside what they did. */
  name: string
  scopes: readonly Scope[]
}

/** What every service call carries. */
export interface Context {
  principal: Principal
  requestId: string
  /** Of a write that may be repeated; the hash tells a retry from another request under the same key. */
  idempotency?: { key: string; requestHash: string }
}
