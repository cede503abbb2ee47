'use client'
import { createContext, type ReactNode, useContext } from 'react'
import { formatAmount, formatShown, type Unit } from '@/lib/presentation/money'
import { roundAmount } from '@/lib/presentation/round-statement'

interface Shown {
  unit: Unit
  digits: number
  /** Every digit. */
  exact: boolean
}

const Context = createContext<Shown>({ unit: { word: '' }, digits: 2, exact: false })

/** How the amounts of an explanation are shown. */
export function ExplainMoney({ children, ...shown }: Shown & { children: ReactNode }) {
  return <Context value={shown}>{children}</Context>
}

/** An amount within a sentence; every digit of it is in the tooltip, if not in the text. */
export function Money({ amount, plain = false }: { amount: string; plain?: boolean }) {
  const { unit, digits, exact } = useContext(Context)
  const full = formatAmount(amount, unit)
  const shown = roundAmount(amount, digits)
  return (
    <span className={plain ? 'tnum' : 'tnum font-semibold text-fg'} title={`Exactly ${full}`}>
      {exact ? full : formatShown({ amount, shown, unit, digits })}
    </span>
  )
}
