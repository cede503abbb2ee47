/** One cost above, its shares beneath. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-[15px] font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent-solid" />
        <g fill="#fff">
          <rect x="7" y="8" width="18" height="4" rx="1.5" />
          <rect x="7" y="14" width="11" height="10" rx="1.5" />
          <rect x="20" y="14" width="5" height="10" rx="1.5" opacity=".55" />
        </g>
      </svg>
      Apportion
    </span>
  )
}
