/** What happens with issues that exist already. */
import { useId } from 'react';
import type { ExistingChoice } from '../../../../../src/api/views';
import { TextField } from '../../components/text-field';

interface ExistingPickerProps {
  value: ExistingChoice;
  onChange: (value: ExistingChoice) => void;
  errors: Record<string, string> | undefined;
}

const modes: { mode: ExistingChoice['mode']; label: string; help: string }[] = [
  { mode: 'new', label: 'Only new ones', help: 'Issues that exist already stay as they are.' },
  { mode: 'jql', label: 'Chosen by JQL', help: 'Issues that the query finds get a twin, too.' },
  { mode: 'one', label: 'One test issue', help: 'Try it with a single issue first.' },
];

export function ExistingPicker({ value, onChange, errors }: ExistingPickerProps) {
  const group = useId();
  function choose(mode: ExistingChoice['mode']): void {
    if (mode === 'jql') onChange({ mode, jql: '' });
    else if (mode === 'one') onChange({ mode, issueKey: '' });
    else onChange({ mode });
  }
  const error = (name: string) => errors?.[`existing.${name}`] ?? errors?.[name] ?? errors?.['existing'];
  return (
    <div className="stack tight">
      <fieldset>
        <legend>Existing issues of this site</legend>
        {modes.map(({ mode, label, help }) => (
          <label key={mode} className="choice">
            <input
              type="radio"
              name={group}
              checked={value.mode === mode}
              onChange={() => choose(mode)}
              data-testid={`existing-${mode}`}
            />
            <span>
              {label} <span className="subtle small">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {value.mode === 'jql' && (
        <TextField
          label="JQL"
          required
          value={value.jql}
          onChange={(jql) => onChange({ mode: 'jql', jql })}
          placeholder="status != Done AND created >= -90d"
          helper="Only issues of the mapped projects and issue types are taken."
          error={error('jql')}
          testId="existing-jql-text"
        />
      )}
      {value.mode === 'one' && (
        <TextField
          label="Issue key"
          required
          value={value.issueKey}
          onChange={(issueKey) => onChange({ mode: 'one', issueKey })}
          placeholder="ABC-1"
          error={error('issueKey')}
          testId="existing-one-key"
        />
      )}
    </div>
  );
}
