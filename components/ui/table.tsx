import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { ScrollRegion } from './scroll-region'

/** A captioned table in a region of its own, which scrolls sideways by keyboard too. */
export function Table({
  caption,
  children,
  className,
  regionClassName,
}: {
  caption: string
  children: ReactNode
  className?: string
  regionClassName?: string
}) {
  return (
    <ScrollRegion label={caption} className={regionClassName}>
      <table
        className={cn(
          'w-full border-collapse text-[13px] [&>tbody:last-child>tr:last-child>*]:border-b-0 [&>tfoot>tr:last-child>*]:border-b-0',
          className,
        )}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </ScrollRegion>
  )
}

const cell = 'border-b px-3 py-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5'

/** A column's head. */
export function Th({ numeric, className, ...props }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cn(
        cell,
        'whitespace-nowrap border-t bg-muted/60 py-1.5 text-left text-xs font-medium text-soft',
        numeric && 'text-right',
        className,
      )}
      {...props}
    />
  )
}

/** A row's head. */
export function RowTh({ className, ...props }: ComponentProps<'th'>) {
  return <th scope="row" className={cn(cell, 'text-left font-medium', className)} {...props} />
}

export function Td({ numeric, className, ...props }: ComponentProps<'td'> & { numeric?: boolean }) {
  return <td className={cn(cell, numeric && 'tnum whitespace-nowrap text-right', className)} {...props} />
}
