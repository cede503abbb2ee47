import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'

/** To the screen that this one belongs to. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} className="inline-flex w-fit items-center gap-1 text-[13px] text-soft hover:text-fg">
      <ChevronLeft className="size-3.5" aria-hidden /> {label}
    </Link>
  )
}
