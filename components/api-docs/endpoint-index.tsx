import type { groupEndpoints } from '@/lib/presentation/openapi'

export function EndpointIndex({ groups }: { groups: ReturnType<typeof groupEndpoints> }) {
  return (
    <nav aria-label="Endpoints" className="sticky top-7 hidden max-h-[calc(100dvh-4rem)] overflow-y-auto lg:block">
      <ul className="grid gap-3">
        {groups.map((group) => (
          <li key={group.name}>
            <p className="text-xs font-semibold text-soft capitalize">{group.name.replaceAll('-', ' ')}</p>
            <ul className="mt-1 grid gap-0.5">
              {group.endpoints.map(({ id, method, path, operation }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className="block rounded-md px-2 py-1 text-[13px] break-words text-soft hover:bg-muted hover:text-fg"
                  >
                    {operation.summary ?? `${method} ${path}`}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  )
}
