import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'
import { type ButtonVariants, buttonClasses } from './button-classes'
import { cn } from './cn'

interface ButtonProps extends ComponentProps<'button'>, ButtonVariants {
  /** Shows a spinner and holds further clicks, without losing the focus. */
  pending?: boolean
}

export function Button({ variant, size, pending, className, children, onClick, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={cn(buttonClasses({ variant, size }), className)}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...props}
    >
      {pending && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
