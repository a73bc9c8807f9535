/** Says what went wrong and offers the next step. */
import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import type { CallError } from '../../../../src/api/calls';

const titles: Record<CallError['code'], string> = {
  invalid: 'Something has to be corrected',
  forbidden: 'You may not do this',
  notFound: 'This is not there any more',
  notPossible: 'This is not possible now',
  conflict: 'Somebody else changed this',
  busy: 'Busy for the moment',
  unavailable: 'That did not work',
};

/** Nothing is broken, and it is in the hands of who reads it. */
const mild: ReadonlySet<CallError['code']> = new Set(['invalid', 'busy']);

export function Failure({ error, retry }: { error: CallError | undefined; retry?: () => void }) {
  if (error === undefined) return null;
  const actions = retry && <SectionMessageAction onClick={retry}>Try again</SectionMessageAction>;
  return (
    <div role="alert" data-testid="failure">
      <SectionMessage
        appearance={mild.has(error.code) ? 'warning' : 'error'}
        title={titles[error.code]}
        {...(actions ? { actions } : {})}
      >
        <p>{error.message}</p>
      </SectionMessage>
    </div>
  );
}
