/** The last step of both sides: existing issues, Start when agreed, and the button that agrees. */
import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import type { CallError } from '../../../../../src/api/calls';
import type { ExistingChoice } from '../../../../../src/api/views';
import { Failure } from '../../components/failure';
import { ExistingPicker } from './existing-picker';

export interface Terms {
  existing: ExistingChoice;
  startWhenAgreed: boolean;
}

interface AgreePanelProps {
  title: string;
  /** What stands above the choices: the note of the primary. */
  children?: ReactNode;
  value: Terms;
  onChange: (terms: Terms) => void;
  error: CallError | undefined;
  busy: boolean;
  disabled: boolean;
  verb: 'Agree' | 'Accept';
  testId: string;
  onAgree: () => void;
}

export function AgreePanel({
  title,
  children,
  value,
  onChange,
  error,
  busy,
  disabled,
  verb,
  testId,
  onAgree,
}: AgreePanelProps) {
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
      <ExistingPicker
        value={value.existing}
        onChange={(existing) => onChange({ ...value, existing })}
        errors={error?.fields}
      />
      <label className="choice">
        <input
          type="checkbox"
          checked={value.startWhenAgreed}
          onChange={(event) => onChange({ ...value, startWhenAgreed: event.currentTarget.checked })}
          data-testid="start-when-agreed"
        />
        <span>
          Start when agreed{' '}
          <span className="subtle small">
            It runs as soon as both sites have agreed and both want to start.
          </span>
        </span>
      </label>
      <Failure error={error} />
      <div className="row">
        <Button appearance="primary" onClick={onAgree} isLoading={busy} isDisabled={disabled} testId={testId}>
          {value.startWhenAgreed ? `${verb} and start` : verb}
        </Button>
      </div>
    </section>
  );
}
