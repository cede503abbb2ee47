import { formatAmount, formatShown, type Unit } from '@/lib/presentation/money'

/** An amount that opens its explanation. */
export function ExplainAmount({
  amount,
  shown,
  unit,
  digits,
  exact,
  what,
  onClick,
}: {
  amount: string
  shown: string
  unit: Unit
  digits: number
  exact: boolean
  /** Whose amount it is, for those who hear the button alone. */
  what: string
  onClick: () => void
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      title={`Exactly ${formatAmount(amount, unit)}. Explain it.`}
      className="tnum rounded-sm whitespace-nowrap decoration-subtle decoration-dotted underline-offset-4 hover:text-accent hover:underline"
    >
      {exact ? formatAmount(amount, unit) : formatShown({ amount, shown, unit, digits })}
      <span className="sr-only">, explain {what}</span>
    </button>
  )
}
