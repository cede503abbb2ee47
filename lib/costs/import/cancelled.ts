/** Ends an import that somebody has stopped. */
export class Cancelled extends Error {}
