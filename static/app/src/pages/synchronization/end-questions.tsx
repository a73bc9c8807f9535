/** Issues whose twin came to an end, or which cannot be read: each with its reason and a button for each answer. */
import Button from '@atlaskit/button/new';
import type { CallRequest } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';

const refreshMs = 5_000;
type Answer = CallRequest<'answerEnd'>['answer'];

export function EndQuestions({ id }: { id: string }) {
  const { value, reload } = useCall('ends', { id }, refreshMs);
  const answering = useAction('answerEnd');
  if (value === undefined || value.ends.length === 0) return null;
  async function answer(pair: string, choice: Answer): Promise<void> {
    if (await answering.run({ id, pair, answer: choice })) await reload();
  }
  return (
    <section className="card" data-testid="end-questions">
      <h2>Decide about these issues</h2>
      <Failure error={answering.error} />
      {value.ends.map(({ pair, issueKey, reason, answers }) => (
        <div key={pair} className="stack">
          <p>
            <span className="strong">{issueKey}</span> {reason}
          </p>
          <div className="row">
            {answers.map((choice) => (
              <Button
                key={choice.id}
                onClick={() => void answer(pair, choice.id)}
                isLoading={answering.busy}
                testId={`end-${choice.id}`}
              >
                {choice.label}
              </Button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}
