/** How far something is: in words, and as a bar where the end is known. */
import { useId } from 'react';

interface ProgressLineProps {
  label: string;
  done: number;
  /** Absent: nobody knows. */
  total?: number | undefined;
}

export function ProgressLine({ label, done, total }: ProgressLineProps) {
  const id = useId();
  const isKnown = total !== undefined && total > 0;
  const counted = isKnown
    ? `${done.toLocaleString('en')} of ${Math.max(done, total).toLocaleString('en')}`
    : done.toLocaleString('en');
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}: {counted}
      </label>
      <progress
        id={id}
        {...(isKnown ? { max: Math.max(done, total), value: done } : {})}
        style={{ width: '100%', maxWidth: 360 }}
      />
    </div>
  );
}
