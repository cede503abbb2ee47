/** Somebody has stopped the import. */
export class Cancelled extends Error {}

/** Another process has taken the import over: what is written from here on is not wanted. */
export class Superseded extends Error {}
