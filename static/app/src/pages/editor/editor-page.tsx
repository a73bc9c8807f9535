/** Configure: the mapping editor of the primary, the import screen of the secondary. */
import SectionMessage from '@atlaskit/section-message';
import { useEffect, useState } from 'react';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { ImportScreen } from './import-screen';
import type { Editor } from './mapping-words';
import { PrimaryEditor } from './primary-editor';

const refreshMs = 3_000;

export function EditorPage({ id }: { id: string }) {
  const detail = useCall('get', { id });
  const partner =
    detail.value?.partner.title ?? detail.value?.partner.url.replace('https://', '') ?? 'the partner';
  return (
    <Page
      title={detail.value?.status.actions.includes('import') ? 'Import' : 'Configure'}
      subtitle={detail.value && `What is shared with ${partner}`}
      back={{ path: `/s/${id}`, label: detail.value?.name ?? 'Synchronization' }}
    >
      <Failure error={detail.error} retry={() => void detail.reload()} />
      {detail.value && <Loaded id={id} partner={partner} />}
      {!detail.value && !detail.error && <Waiting label="Loading the mappings" />}
    </Page>
  );
}

/** Asks again until the partner's part has arrived; from then on what is being edited is left alone. */
function Loaded({ id, partner }: { id: string; partner: string }) {
  const [editor, setEditor] = useState<Editor>();
  const reading = useCall('editor', { id }, editor === undefined ? refreshMs : undefined);
  const { value } = reading;
  useEffect(() => {
    if (value && canBegin(value)) setEditor((known) => known ?? value);
  }, [value]);
  if (editor?.role === 'primary') return <PrimaryEditor id={id} editor={editor} partner={partner} />;
  if (editor) return <ImportScreen id={id} editor={editor} partner={partner} />;
  if (reading.error) return <Failure error={reading.error} retry={() => void reading.reload()} />;
  return value ? (
    <NotYet partner={partner} role={value.role} />
  ) : (
    <Waiting label="Loading projects and fields" />
  );
}

function canBegin(editor: Editor): boolean {
  return editor.role === 'primary' ? editor.partner !== null : editor.revision > 0;
}

function NotYet({ partner, role }: { partner: string; role: Editor['role'] }) {
  const isPrimary = role === 'primary';
  return (
    <div role="status">
      <SectionMessage
        title={
          isPrimary ? `Waiting for the projects of ${partner}` : `${partner} has not proposed anything yet`
        }
      >
        <p>
          {isPrimary
            ? 'The partner shares them as soon as both of you have confirmed the words. This page goes on by itself.'
            : 'The primary defines what is shared. As soon as it publishes, you can look at it here and complete it.'}
        </p>
      </SectionMessage>
    </div>
  );
}
