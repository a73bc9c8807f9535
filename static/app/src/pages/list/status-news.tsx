/** Tells screen readers which synchronization has changed its status; the table itself is read on request. */
import { useEffect, useRef, useState } from 'react';
import type { SynchronizationView } from '../../../../../src/api/views';

export function StatusNews({ rows }: { rows: SynchronizationView[] }) {
  const known = useRef(new Map<string, string>());
  const [news, setNews] = useState('');
  useEffect(() => {
    const changed: string[] = [];
    for (const { id, name, status } of rows) {
      const state = [status.status, status.sync].filter(Boolean).join(', ');
      const before = known.current.get(id);
      if (before !== undefined && before !== state) changed.push(`${name}: ${state}.`);
      known.current.set(id, state);
    }
    if (changed.length > 0) setNews(changed.join(' '));
  }, [rows]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {news}
    </p>
  );
}
