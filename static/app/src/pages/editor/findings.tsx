/** What could not work, or would wait, in the mappings as they stand. */
import SectionMessage from '@atlaskit/section-message';
import type { Draft } from './use-draft';

export function Findings({ draft: { findings, saveState } }: { draft: Draft }) {
  return (
    <div aria-live="polite" data-testid="editor-findings">
      {findings.length > 0 && (
        <SectionMessage
          appearance={saveState === 'failed' ? 'error' : 'warning'}
          title={
            saveState === 'failed' ? 'The draft could not be saved' : 'Please look at this before you agree'
          }
        >
          <ul>
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </SectionMessage>
      )}
      <p className="small subtle">{words[saveState]}</p>
    </div>
  );
}

const words: Record<Draft['saveState'], string> = {
  idle: '',
  saving: 'Saving the draft …',
  saved: 'The draft is saved.',
  failed: '',
};
