'use client'
import { Activity, BookOpen, ChartColumnStacked, ChartNoAxesCombined, Receipt, Settings, Shapes } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cn } from '@/components/ui/cn'

const LINKS = [
  { href: '/', label: 'Overview', icon: ChartColumnStacked },
  { href: '/explorer', label: 'Explorer', icon: ChartNoAxesCombined },
  { href: '/streams', label: 'Streams', icon: Activity },
  { href: '/dimensions', label: 'Dimensions', icon: Shapes },
  { href: '/costs', label: 'Bills', icon: Receipt },
  { href: '/settings', label: 'Settings', icon: Settings },
  { href: '/docs', label: 'API reference', icon: BookOpen },
]

/** Screens that the overview leads to. */
const OF_OVERVIEW = ['/coverage', '/compare', '/runs']

const isWithin = (path: string, href: string) => path === href || (href !== '/' && path.startsWith(`${href}/`))

export function NavLinks({ onNavigate }: { onNavigate?: () => void }) {
  const path = usePathname()
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {LINKS.map(({ href, label, icon: Icon }) => {
          const current = isWithin(path, href) || (href === '/' && OF_OVERVIEW.some((part) => isWithin(path, part)))
          return (
            <li key={href}>
              <Link
                href={href}
                onClick={onNavigate}
                aria-current={current ? 'page' : undefined}
                className={cn(
                  'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-[13px] font-medium text-soft transition-colors hover:bg-muted hover:text-fg',
                  current && 'bg-muted text-fg',
                )}
              >
                <Icon className={cn('size-4', current && 'text-accent')} aria-hidden />
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
