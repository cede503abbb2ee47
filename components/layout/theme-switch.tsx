'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'
import { ToggleGroup } from 'radix-ui'
import { useSyncExternalStore } from 'react'

const THEMES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'system', label: 'System', icon: Monitor },
]
const never = () => () => {}

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme()
  // The server does not know the theme that the browser keeps: nothing is chosen until it is known.
  const mounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Colour theme"
      value={mounted ? (theme ?? 'system') : ''}
      onValueChange={(next) => next && setTheme(next)}
      className="inline-flex items-center justify-self-start rounded-md border bg-muted p-0.5"
    >
      {THEMES.map(({ value, label, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="grid h-6 w-7 place-items-center rounded-[5px] text-soft transition-colors hover:text-fg data-[state=on]:bg-surface data-[state=on]:text-fg data-[state=on]:shadow-card"
        >
          <Icon className="size-3.5" aria-hidden />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
