/** A spinner that only shows when something takes longer than a blink. */
import Spinner from '@atlaskit/spinner';
import { useEffect, useState } from 'react';

const blinkMs = 300;

export function Waiting({ label }: { label: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), blinkMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="waiting" role="status" aria-label={label}>
      {shown && (
        <>
          <Spinner label={label} /> <span>{label}</span>
        </>
      )}
    </div>
  );
}
