/** How one term of an agreement looks: with its control, or as a fact that the partner decided. */
import type { ReactNode } from 'react';

export function Term({ title, helper, children }: { title: string; helper: string; children: ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      {children}
      <p className="helper">{helper}</p>
    </div>
  );
}

/** Pairs of a title and what is agreed. */
export function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="facts">
      {facts.map(([title, said]) => (
        <div key={title} style={{ display: 'contents' }}>
          <dt>{title}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
