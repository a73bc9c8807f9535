/** New synchronization: name, type, partner, scope, Send invitation. */
import Button from '@atlaskit/button/new';
import { type FormEvent, useState } from 'react';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { ScopePicker, type ScopeValue, showAll } from '../../components/scope-picker';
import { suggestedName } from '../../components/suggested-name';
import { TextField } from '../../components/text-field';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';
import { TypePicker } from './type-picker';

const addressForm = /^https:\/\/[a-z0-9][a-z0-9-]*\.atlassian\.net\/?$/i;

export function NewPage() {
  const { go } = useRoute();
  const options = useCall('newOptions', {});
  const invite = useAction('invite');
  const [name, setName] = useState<string>();
  const [partnerUrl, setPartnerUrl] = useState('');
  const [scope, setScope] = useState<ScopeValue>(showAll);

  const suggested = suggestedName(partnerUrl) ?? 'New partner';
  const back = { path: '/', label: 'Synchronizations' };
  if (options.value === undefined) {
    return (
      <Page title="New synchronization" back={back} narrow>
        <Failure error={options.error} retry={() => void options.reload()} />
        {options.error === undefined && <Waiting label="Loading projects and issue types" />}
      </Page>
    );
  }
  const { outline, types, madeBy, knownPartners } = options.value;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const sent = await invite.run({ name: name ?? suggested, description: '', partnerUrl, scope });
    if (sent) go(sent.delivered ? '/' : `/s/${sent.id}/sent`);
  }

  const known = knownPartners.some(
    (partner) => partner === partnerUrl.trim().replace(/\/$/, '').toLowerCase(),
  );
  return (
    <Page
      title="New synchronization"
      subtitle="Invite another Jira site. It decides for itself what it shares."
      back={back}
      narrow
    >
      <form className="stack" onSubmit={(event) => void send(event)} noValidate>
        <Failure error={invite.error} />
        <TextField
          label="Name"
          required
          value={name ?? suggested}
          onChange={setName}
          testId="invite-name"
          error={invite.error?.fields?.['name']}
          helper="For the list on this site. Your partner sees it in the invitation."
        />
        <TypePicker types={types} />
        <TextField
          label="Partner site"
          required
          value={partnerUrl}
          onChange={setPartnerUrl}
          placeholder="https://name.atlassian.net"
          testId="invite-url"
          error={invite.error?.fields?.['partnerUrl']}
          helper={addressHelp(partnerUrl, known)}
        />
        <ScopePicker outline={outline} value={scope} onChange={setScope} />
        <p className="subtle">
          Changes here are made by <span className="strong">{madeBy}</span>.
        </p>
        <div className="row">
          <Button appearance="primary" type="submit" isLoading={invite.busy} testId="invite-send">
            Send invitation
          </Button>
          <Button appearance="subtle" onClick={() => go('/')}>
            Cancel
          </Button>
        </div>
      </form>
    </Page>
  );
}

function addressHelp(typed: string, known: boolean): string {
  if (known) return 'You know this partner already: the invitation travels over the existing connection.';
  if (typed === '' || addressForm.test(typed.trim()))
    return 'In the form https://name.atlassian.net. Concord has to be installed there.';
  return 'Not complete yet: the form is https://name.atlassian.net, without a path.';
}
