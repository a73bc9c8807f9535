/** Name and description; both are for this site only. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import type { SynchronizationDetail } from '../../../../../src/api/views';
import { Failure } from '../../components/failure';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';

export function DetailsTab({ row, onSaved }: { row: SynchronizationDetail; onSaved: () => void }) {
  const [name, setName] = useState(row.name);
  const [description, setDescription] = useState(row.description);
  const [saved, setSaved] = useState(false);
  const edit = useAction('edit');

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const done = await edit.run({ id: row.id, name, description });
    setSaved(done !== undefined);
    if (done) onSaved();
  }

  return (
    <form
      className="stack"
      style={{ paddingTop: 16, width: '100%', maxWidth: 560 }}
      onSubmit={(event) => void save(event)}
      noValidate
    >
      <Failure error={edit.error} />
      <TextField
        label="Name"
        required
        value={name}
        onChange={setName}
        testId="edit-name"
        error={edit.error?.fields?.['name']}
        helper="Only on this site."
      />
      <TextField
        label="Description"
        multiline
        value={description}
        onChange={setDescription}
        testId="edit-description"
        error={edit.error?.fields?.['description']}
      />
      <div className="row">
        <Button appearance="primary" type="submit" isLoading={edit.busy} testId="edit-save">
          Save
        </Button>
        <span aria-live="polite" className="subtle">
          {saved ? 'Saved.' : ''}
        </span>
      </div>
    </form>
  );
}
