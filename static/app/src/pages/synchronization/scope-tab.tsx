/** Changing the scope later, with what it would do to the mappings. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { SynchronizationDetail } from '../../../../../src/api/views';
import { Failure } from '../../components/failure';
import { ScopePicker, type ScopeValue, showAll } from '../../components/scope-picker';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';

export function ScopeTab({ row, onSaved }: { row: SynchronizationDetail; onSaved: () => void }) {
  const options = useCall('newOptions', {});
  const preview = useAction('previewScope');
  const save = useAction('setScope');
  const [scope, setScope] = useState<ScopeValue>(row.scope ?? showAll);
  const [affected, setAffected] = useState<string[]>();

  async function look(): Promise<void> {
    const answer = await preview.run({ id: row.id, scope });
    if (answer) setAffected(answer.affected);
  }
  async function saveIt(): Promise<void> {
    if ((await save.run({ id: row.id, scope })) === undefined) return;
    setAffected(undefined);
    onSaved();
  }

  if (options.value === undefined)
    return options.error ? <Failure error={options.error} /> : <Waiting label="Loading projects" />;
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%', maxWidth: 760 }}>
      <Failure error={preview.error ?? save.error} />
      <ScopePicker
        outline={options.value.outline}
        value={scope}
        onChange={(next) => {
          setScope(next);
          setAffected(undefined);
        }}
      />
      {affected && (
        <SectionMessage
          appearance={affected.length > 0 ? 'warning' : 'success'}
          title={affected.length > 0 ? 'This changes mappings' : 'No mapping is affected'}
        >
          {affected.length > 0 ? (
            <ul>
              {affected.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          ) : (
            <p>What is synchronized today stays as it is.</p>
          )}
        </SectionMessage>
      )}
      <div className="row">
        <Button onClick={() => void look()} isLoading={preview.busy} testId="scope-preview">
          Preview
        </Button>
        <Button
          appearance="primary"
          onClick={() => void saveIt()}
          isLoading={save.busy}
          isDisabled={affected === undefined}
          testId="scope-save"
        >
          Save scope
        </Button>
      </div>
    </div>
  );
}
