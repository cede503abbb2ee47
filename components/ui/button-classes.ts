import { cva, type VariantProps } from 'class-variance-authority'

/** Also for links that look like buttons; usable on the server. */
export const buttonClasses = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent-solid text-white shadow-card hover:brightness-110',
        secondary: 'border border-line bg-surface text-fg shadow-card hover:bg-muted',
        ghost: 'text-soft hover:bg-muted hover:text-fg',
        danger: 'bg-bad-solid text-white shadow-card hover:brightness-110',
        'danger-ghost': 'text-bad hover:bg-bad-soft',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs',
        md: 'h-8 px-3 text-[13px]',
        lg: 'h-10 px-4 text-sm',
        icon: 'size-8',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonVariants = VariantProps<typeof buttonClasses>
