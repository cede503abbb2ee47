'use client'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { formText } from '@/lib/client/form-text'
import { signIn } from '@/lib/client/session'
import { useAuthForm } from './use-auth-form'

export function SignInForm({ next }: { next: string }) {
  const { error, pending, onSubmit } = useAuthForm({
    to: next,
    send: (data) => signIn({ email: formText(data, 'email'), password: formText(data, 'password') }),
  })
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <div className="grid gap-1">
        <h1 className="text-lg font-semibold tracking-tight">Sign in</h1>
        <p className="text-[13px] text-soft">See what every product, team and customer really costs.</p>
      </div>
      <Field label="Email">
        {(props) => <Input {...props} name="email" type="email" autoComplete="username" required className="h-9" />}
      </Field>
      <Field label="Password">
        {(props) => (
          <Input {...props} name="password" type="password" autoComplete="current-password" required className="h-9" />
        )}
      </Field>
      {error && <ErrorNote error={error} />}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Sign in
      </Button>
    </form>
  )
}
