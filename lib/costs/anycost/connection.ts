/** The source of the imports that a connection's drops become. */
export const sourceOf = (connectionId: string): string => `anycost:${connectionId}`

/** `2024-08` as this wire writes months. */
export const v2Month = (month: string): string => `${month}-01T00:00:00+00:00`
