/** What the partner may pair on this site. */
import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { CallAnswer, CallRequest } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';
import { ChoiceSelect } from '../editor/choice-select';

type Allow = CallAnswer<'pairing'>['allow'];

interface PairingAllowProps {
  id: string;
  partner: string;
  allow: Allow;
  fields: { value: string; label: string }[];
  onChanged: () => void;
}

export function PairingAllow({ id, partner, allow, fields, onChanged }: PairingAllowProps) {
  const group = useId();
  const action = useAction('allowPairing');
  const [by, setBy] = useState<'key' | 'value'>('key');
  const [fieldId, setFieldId] = useState<string>();
  const [jql, setJql] = useState('');
  async function send(request: CallRequest<'allowPairing'>['allow']): Promise<void> {
    if (await action.run({ id, allow: request })) onChanged();
  }
  if (allow !== null)
    return (
      <div className="stack tight">
        <h3>{partner} may pair</h3>
        <p>{allow.by === 'key' ? 'By the keys of issues.' : `By a field, in issues of: ${allow.jql}`}</p>
        <Failure error={action.error} />
        <div>
          <Button onClick={() => void send(null)} isLoading={action.busy} testId="pairing-close">
            End pairing
          </Button>
        </div>
      </div>
    );
  return (
    <div className="stack tight">
      <h3>Let {partner} pair</h3>
      <fieldset>
        <legend className="visually-hidden">How {partner} names issues of this site</legend>
        <label className="choice">
          <input type="radio" name={group} checked={by === 'key'} onChange={() => setBy('key')} />
          <span>By their keys</span>
        </label>
        <label className="choice">
          <input
            type="radio"
            name={group}
            checked={by === 'value'}
            onChange={() => setBy('value')}
            data-testid="allow-value"
          />
          <span>By what a field says</span>
        </label>
      </fieldset>
      {by === 'value' && (
        <>
          <ChoiceSelect label="Field of this site" choices={fields} value={fieldId} onChange={setFieldId} />
          <TextField
            label="Issues that may be found (JQL)"
            required
            value={jql}
            onChange={setJql}
            error={action.error?.fields?.['allow.jql']}
            testId="allow-jql"
          />
        </>
      )}
      <Failure error={action.error} />
      <div>
        <Button
          onClick={() => void send(by === 'key' ? { by } : { by, jql, fieldId: fieldId ?? '' })}
          isDisabled={by === 'value' && (fieldId === undefined || jql.trim() === '')}
          isLoading={action.busy}
          testId="allow-send"
        >
          Allow
        </Button>
      </div>
    </div>
  );
}
