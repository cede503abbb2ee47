'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button'
import type { ButtonVariants } from './button-classes'

export function CopyButton({
  text,
  label,
  variant = 'secondary',
  size = 'sm',
  iconOnly = false,
}: {
  text: string
  /** What is copied: `Copy the command`. */
  label: string
  iconOnly?: boolean
} & ButtonVariants) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <Button
      variant={variant}
      size={size}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      aria-label={iconOnly ? label : undefined}
      title={iconOnly ? label : undefined}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {!iconOnly && (copied ? 'Copied' : label)}
      <span role="status" className="sr-only">
        {copied ? 'Copied to the clipboard' : ''}
      </span>
    </Button>
  )
}
