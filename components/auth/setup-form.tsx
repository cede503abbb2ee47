'use client'
import { ErrorNote } from '@/components/feedback/error-note'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { formText } from '@/lib/client/form-text'
import { createAdministrator } from '@/lib/client/session'
import { useAuthForm } from './use-auth-form'

export function SetupForm() {
  const { error, pending, onSubmit } = useAuthForm({
    to: '/',
    send: (data) =>
      createAdministrator({
        name: formText(data, 'name').trim(),
        email: formText(data, 'email').trim(),
        password: formText(data, 'password'),
      }),
  })
  return (
    <form method="post" onSubmit={onSubmit} className="grid gap-4">
      <div className="grid gap-1">
        <h1 className="text-lg font-semibold tracking-tight">Welcome to Apportion</h1>
        <p className="text-[13px] text-soft">
          Create the administrator’s account. It lives on this machine, with everything else.
        </p>
      </div>
      <Field label="Name">
        {(props) => <Input {...props} name="name" autoComplete="name" required maxLength={100} className="h-9" />}
      </Field>
      <Field label="Email">
        {(props) => <Input {...props} name="email" type="email" autoComplete="username" required className="h-9" />}
      </Field>
      <Field label="Password" hint="At least 8 characters.">
        {(props) => (
          <Input
            {...props}
            name="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            maxLength={128}
            className="h-9"
          />
        )}
      </Field>
      {error && <ErrorNote error={error} />}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Create the account
      </Button>
    </form>
  )
}
