/** A day and time in the browser's own time zone. */
import { useId, useState } from 'react';

interface MomentFieldProps {
  label: string;
  /** Milliseconds since the epoch. */
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  helper?: string;
  error?: string | undefined;
  testId: string;
}

export function MomentField({ label, value, onChange, helper, error, testId }: MomentFieldProps) {
  const id = useId();
  const [text, setText] = useState(value === undefined ? '' : localText(value));
  const note = error ?? helper;
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={text}
        data-testid={testId}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => {
          const said = event.currentTarget.value;
          const at = new Date(said).getTime();
          setText(said);
          onChange(Number.isNaN(at) ? undefined : at);
        }}
      />
      {note !== undefined && (
        <div id={`${id}-note`} className={error === undefined ? 'helper' : 'field-error'}>
          {note}
        </div>
      )}
    </div>
  );
}

/** As the field wants it: 2026-11-21T16:30. */
function localText(at: number): string {
  const zone = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - zone).toISOString().slice(0, 16);
}
