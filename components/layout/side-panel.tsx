import { NavLinks } from './nav-links'
import { SignOutButton } from './sign-out-button'
import { ThemeSwitch } from './theme-switch'

export interface SignedInUser {
  name: string
  email: string
}

/** Links above; the person and the theme beneath. */
export function SidePanel({ user, onNavigate }: { user: SignedInUser; onNavigate?: () => void }) {
  return (
    <div className="flex h-full flex-col gap-4">
      <NavLinks onNavigate={onNavigate} />
      <div className="mt-auto grid gap-3 border-t pt-3">
        <ThemeSwitch />
        <div className="flex items-center gap-2">
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong uppercase"
          >
            {user.name.slice(0, 1) || user.email.slice(0, 1)}
          </span>
          <div className="min-w-0 flex-1 leading-tight">
            <p className="truncate text-[13px] font-medium">{user.name}</p>
            <p className="truncate text-xs text-subtle">{user.email}</p>
          </div>
          <SignOutButton iconOnly variant="ghost" size="icon" />
        </div>
      </div>
    </div>
  )
}
