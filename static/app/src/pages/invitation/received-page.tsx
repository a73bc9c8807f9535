/** A received invitation: who invites, the own scope, Accept or Reject. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { RelativeTime } from '../../components/relative-time';
import { ScopePicker, type ScopeValue, showAll } from '../../components/scope-picker';
import { receivedName } from '../../components/suggested-name';
import { TextField } from '../../components/text-field';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';

export function ReceivedPage({ id }: { id: string }) {
  const { go } = useRoute();
  const detail = useCall('get', { id });
  const options = useCall('newOptions', {});
  const accept = useAction('accept');
  const [name, setName] = useState<string>();
  const [scope, setScope] = useState<ScopeValue>(showAll);
  const [rejecting, setRejecting] = useState(false);
  const back = { path: '/', label: 'Synchronizations' };
  const row = detail.value;

  if (row === undefined || options.value === undefined) {
    const error = detail.error ?? options.error;
    return (
      <Page title="Invitation received" back={back} narrow>
        <Failure error={error} retry={() => void Promise.all([detail.reload(), options.reload()])} />
        {error === undefined && <Waiting label="Loading the invitation" />}
      </Page>
    );
  }

  const suggested = receivedName(row.name, row.partner.url);
  async function acceptIt(): Promise<void> {
    const done = await accept.run({
      id,
      name: name ?? suggested,
      description: row?.description ?? '',
      scope,
    });
    if (done) go(`/s/${id}/confirm`);
  }

  return (
    <Page title="Invitation received" back={back} narrow>
      <div className="stack">
        <Failure error={accept.error} />
        <SectionMessage
          appearance="information"
          title={`${row.partner.title ?? row.partner.url} wants to synchronize with you`}
        >
          <dl className="facts">
            <dt>Site</dt>
            <dd>{row.partner.url}</dd>
            {row.invitation && (
              <>
                <dt>Expires</dt>
                <dd>
                  <RelativeTime at={row.invitation.expiresAt} />
                </dd>
              </>
            )}
            <dt>Way</dt>
            <dd>
              {row.invitation?.via === 'directory'
                ? 'By the directory: you will compare six words with your partner before anything is shared.'
                : 'By a code or a partner that you know.'}
            </dd>
          </dl>
        </SectionMessage>
        <TextField
          label="Name"
          required
          value={name ?? suggested}
          onChange={setName}
          testId="accept-name"
          helper="For the list on this site."
          error={accept.error?.fields?.['name']}
        />
        <ScopePicker outline={options.value.outline} value={scope} onChange={setScope} />
        <p className="subtle">
          Changes here are made by <span className="strong">{options.value.madeBy}</span>.
        </p>
        <div className="row">
          <Button
            appearance="primary"
            onClick={() => void acceptIt()}
            isLoading={accept.busy}
            testId="accept"
          >
            Accept
          </Button>
          <Button appearance="danger" onClick={() => setRejecting(true)} testId="reject">
            Reject
          </Button>
        </div>
      </div>
      {rejecting && (
        <RejectDialog
          id={id}
          partner={row.partner.title ?? row.partner.url}
          onClose={() => setRejecting(false)}
        />
      )}
    </Page>
  );
}

function RejectDialog({ id, partner, onClose }: { id: string; partner: string; onClose: () => void }) {
  const { go } = useRoute();
  const reject = useAction('reject');
  const [reason, setReason] = useState('');
  async function rejectIt(): Promise<void> {
    if (await reject.run({ id, reason })) go('/');
  }
  return (
    <ConfirmDialog
      title="Reject this invitation?"
      confirmLabel="Reject"
      busy={reject.busy}
      error={reject.error}
      testId="reject"
      onConfirm={() => void rejectIt()}
      onClose={onClose}
    >
      <p>{partner} is told. Nothing of your site has been shared.</p>
      <TextField
        label="Reason (optional)"
        multiline
        value={reason}
        onChange={setReason}
        testId="reject-reason"
        helper="Your partner reads it."
      />
    </ConfirmDialog>
  );
}
