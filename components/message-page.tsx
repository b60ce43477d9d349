import type { ReactNode } from 'react';

interface Props {
  title: string;
  body: string;
  children?: ReactNode;
}

/** A page that says one thing and offers a way on. */
export function MessagePage({ title, body, children }: Props) {
  return (
    <section className="card mx-auto grid max-w-md gap-3">
      <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
      <p className="text-muted">{body}</p>
      <div className="mt-3 grid gap-3">{children}</div>
    </section>
  );
}
