/** I have an invitation: paste the code, or upload its file. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';
import { useRoute } from '../../hooks/use-route';

export function HaveInvitationPage() {
  const { go } = useRoute();
  const [code, setCode] = useState('');
  const receive = useAction('receiveCode');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const received = await receive.run({ code });
    if (received) go(`/s/${received.id}/next`);
  }

  return (
    <Page
      title="I have an invitation"
      subtitle="Paste the code that the other site's admin gave you, or choose its file."
      back={{ path: '/', label: 'Synchronizations' }}
      narrow
    >
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <Failure error={receive.error} />
        <TextField
          label="Invitation code"
          multiline
          required
          value={code}
          onChange={setCode}
          testId="code-text"
          helper="It begins with isx1."
          error={receive.error?.fields?.['code']}
        />
        <label className="label">
          Or choose the file
          <input
            type="file"
            accept=".txt,text/plain"
            data-testid="code-file"
            style={{ display: 'block', marginTop: 4 }}
            onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setCode)}
          />
        </label>
        <div className="row">
          <Button appearance="primary" type="submit" isLoading={receive.busy} testId="code-submit">
            Next
          </Button>
          <Button appearance="subtle" onClick={() => go('/')}>
            Cancel
          </Button>
        </div>
      </form>
    </Page>
  );
}
