import type { ComponentProps } from 'react'
import { cn } from './cn'

export const inputClasses =
  'h-8 w-full rounded-md border border-input bg-surface px-2.5 text-[13px] text-fg shadow-card transition-colors aria-invalid:border-bad disabled:opacity-60'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(inputClasses, className)} {...props} />
}
