/** Six words that both admins compare, by telephone or any other way than this app. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { useActionRunner } from '../../components/action-runner';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';

const refreshMs = 2_000;

export function ConfirmPage({ id }: { id: string }) {
  const { go } = useRoute();
  const { value: row, error, reload } = useCall('get', { id }, refreshMs);
  const confirm = useAction('confirmPartner');
  const runner = useActionRunner(() => go('/'));
  const back = { path: '/', label: 'Synchronizations' };
  const partner = row?.partner.title ?? row?.partner.url ?? 'your partner';

  async function confirmIt(): Promise<void> {
    if (await confirm.run({ id })) go(`/s/${id}`);
  }

  if (row === undefined) {
    return (
      <Page title="Confirm partner" back={back} narrow>
        <Failure error={error} retry={() => void reload()} />
        {error === undefined && <Waiting label="Loading" />}
      </Page>
    );
  }
  return (
    <Page title="Confirm partner" subtitle={`${row.name}, with ${partner}`} back={back} narrow>
      <div className="stack">
        <Failure error={confirm.error} />
        {row.words === undefined && <Waiting label={`Shaking hands with ${partner}`} />}
        {row.words && (
          <>
            <p>
              Call the admin of {partner}, or meet, and compare these six words. They are the same on both
              sites if nobody stands in between.
            </p>
            <ol className="words" data-testid="words" aria-label="The six words">
              {row.words.map((word, index) => (
                <li key={word}>
                  <small>{index + 1}</small>
                  {word}
                </li>
              ))}
            </ol>
          </>
        )}
        {row.words && row.confirmedHere && (
          <>
            <SectionMessage appearance="success" title="Confirmed on this site">
              <p>
                {row.confirmedThere
                  ? 'Your partner has confirmed too.'
                  : `Waiting for ${partner} to confirm on the other side.`}
              </p>
            </SectionMessage>
            <div className="row">
              <Button appearance="primary" onClick={() => go(`/s/${id}`)} testId="confirm-continue">
                Continue
              </Button>
            </div>
          </>
        )}
        {row.words && !row.confirmedHere && (
          <div className="row">
            <Button
              appearance="primary"
              onClick={() => void confirmIt()}
              isLoading={confirm.busy}
              testId="confirm-partner"
            >
              Confirm partner
            </Button>
            <Button appearance="danger" onClick={() => runner.run('delete', row)} testId="words-differ">
              They differ
            </Button>
          </div>
        )}
        <p className="subtle small">
          Until both sites have confirmed, no project, issue type or issue is shown or sent to the other side.
        </p>
      </div>
      {runner.dialog}
    </Page>
  );
}
