/** The list of pairs: keys by hand or from a file, or a field that tells the twin. */
import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { CallRequest } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';
import { ChoiceSelect } from '../editor/choice-select';

type By = CallRequest<'previewPairing'>['list']['by'];

const ways: { by: By; label: string; help: string }[] = [
  { by: 'keys', label: 'Two keys on each line', help: 'Ours first, then theirs.' },
  { by: 'keyInField', label: 'A field holds their key', help: 'In issues of this site.' },
  { by: 'value', label: 'A field says the same on both sites', help: 'Such as an external id.' },
];

interface PairingListProps {
  id: string;
  fields: { value: string; label: string }[];
  onAsked: () => void;
}

export function PairingList({ id, fields, onAsked }: PairingListProps) {
  const group = useId();
  const preview = useAction('previewPairing');
  const [by, setBy] = useState<By>('keys');
  const [text, setText] = useState('');
  const [jql, setJql] = useState('');
  const [fieldId, setFieldId] = useState<string>();
  const isReady = by === 'keys' ? text.trim() !== '' : fieldId !== undefined && jql.trim() !== '';

  async function ask(): Promise<void> {
    const list = by === 'keys' ? { by, text } : { by, jql, fieldId: fieldId ?? '' };
    if (await preview.run({ id, list })) onAsked();
  }
  return (
    <div className="stack tight">
      <h3>List the pairs</h3>
      <fieldset>
        <legend className="visually-hidden">How the pairs are told</legend>
        {ways.map((way) => (
          <label key={way.by} className="choice">
            <input
              type="radio"
              name={group}
              checked={by === way.by}
              onChange={() => setBy(way.by)}
              data-testid={`pairs-${way.by}`}
            />
            <span>
              {way.label} <span className="subtle small">{way.help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {by === 'keys' ? (
        <>
          <TextField
            label="Pairs"
            required
            multiline
            value={text}
            onChange={setText}
            placeholder={'ABC-1, XYZ-7\nABC-2, XYZ-9'}
            helper="At most 5,000. A CSV file can be pasted or chosen."
            error={preview.error?.fields?.['list.text']}
            testId="pairs-text"
          />
          <input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-label="CSV file"
            onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)}
          />
        </>
      ) : (
        <>
          <ChoiceSelect label="Field of this site" choices={fields} value={fieldId} onChange={setFieldId} />
          <TextField
            label="Our issues (JQL)"
            required
            value={jql}
            onChange={setJql}
            error={preview.error?.fields?.['list.jql']}
            testId="pairs-jql"
          />
        </>
      )}
      <Failure error={preview.error} />
      <div>
        <Button
          appearance="primary"
          onClick={() => void ask()}
          isDisabled={!isReady}
          isLoading={preview.busy}
          testId="pairs-preview"
        >
          Preview
        </Button>
      </div>
    </div>
  );
}
