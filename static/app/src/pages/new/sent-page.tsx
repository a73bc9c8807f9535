/** The invitation code: copy, download or mail it to the partner's admin. */
import Button, { LinkButton } from '@atlaskit/button/new';
import CopyIcon from '@atlaskit/icon/core/copy';
import DownloadIcon from '@atlaskit/icon/core/download';
import EmailIcon from '@atlaskit/icon/core/email';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { RelativeTime } from '../../components/relative-time';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';

export function SentPage({ id }: { id: string }) {
  const { go } = useRoute();
  const reading = useCall('invitationCode', { id });
  const detail = useCall('get', { id });
  const [copied, setCopied] = useState(false);
  const code = reading.value;

  async function copy(): Promise<void> {
    if (code === undefined) return;
    await copyText(code.code);
    setCopied(true);
  }

  return (
    <Page
      title="Invitation"
      subtitle={detail.value && `For ${detail.value.partner.url}`}
      back={{ path: '/', label: 'Synchronizations' }}
      narrow
    >
      <div className="stack">
        <Failure error={reading.error} retry={() => void reading.reload()} />
        {code === undefined && reading.error === undefined && <Waiting label="Loading the invitation" />}
        {code && (
          <>
            <SectionMessage
              appearance="information"
              title={
                detail.value?.invitation?.via === 'code'
                  ? 'Give this code to the admin of the other site'
                  : 'The invitation is on its way'
              }
            >
              <p>
                {detail.value?.invitation?.undelivered ??
                  'The code below leads to the same invitation; it also proves both ends by itself.'}
              </p>
              <p>
                Over there:{' '}
                <span className="strong">
                  Settings &gt; Apps &gt; Synchronizations &gt; I have an invitation
                </span>
                . The code works once, only on the invited site, and expires{' '}
                <RelativeTime at={code.expiresAt} />.
              </p>
            </SectionMessage>
            <div className="code" data-testid="invitation-code">
              {code.code}
            </div>
            <div className="row">
              <Button
                appearance="primary"
                iconBefore={CopyIcon}
                onClick={() => void copy()}
                testId="code-copy"
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
              <LinkButton
                href={`data:text/plain;charset=utf-8,${encodeURIComponent(code.code)}`}
                download={code.fileName}
                iconBefore={DownloadIcon}
                testId="code-download"
              >
                Download
              </LinkButton>
              <LinkButton
                href={`mailto:?subject=${encodeURIComponent(code.mail.subject)}&body=${encodeURIComponent(code.mail.body)}`}
                target="_blank"
                iconBefore={EmailIcon}
                testId="code-mail"
              >
                Mail
              </LinkButton>
              <Button appearance="subtle" onClick={() => go('/')} testId="code-done">
                Done
              </Button>
            </div>
            <p aria-live="polite" className="visually-hidden">
              {copied ? 'The code was copied.' : ''}
            </p>
          </>
        )}
      </div>
    </Page>
  );
}

/** The clipboard API is not granted to every frame; selecting and copying always is. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
