/** A safety stop: what happened, its question, and a button for each answer. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import type { SynchronizationDetail } from '../../../../../src/api/views';
import { Failure } from '../../components/failure';
import { useAction } from '../../hooks/use-action';

export function SafetyStop({ row, onAnswered }: { row: SynchronizationDetail; onAnswered: () => void }) {
  const { brake } = row;
  const answering = useAction('answerBrake');
  if (brake === undefined) return null;
  const { at, text, question, answers = [] } = brake;
  async function answer(choice: string): Promise<void> {
    if (await answering.run({ id: row.id, at, answer: choice })) onAnswered();
  }
  return (
    <div style={{ marginBottom: 16 }} data-testid="safety-stop">
      <SectionMessage appearance="warning" title="Stopped for safety">
        <p>{text}</p>
        {question && <p className="strong">{question}</p>}
        <Failure error={answering.error} />
        <div className="row">
          {answers.map(({ id, label }) => (
            <Button
              key={id}
              onClick={() => void answer(id)}
              isLoading={answering.busy}
              testId={`answer-${id}`}
            >
              {label}
            </Button>
          ))}
        </div>
      </SectionMessage>
    </div>
  );
}
