const PLAIN = /^[\p{L}_/$(][\p{L}\p{N} _./+()$:@=-]*$/u
const NOT_PLAIN = /: |:$| $|^(true|false|null|yes|no|on|off|y|n)$/i

/** A text as a YAML scalar, quoted only where it would be read as something else. */
export function yamlScalar(text: string): string {
  return PLAIN.test(text) && !NOT_PLAIN.test(text) ? text : JSON.stringify(text)
}
