/** One field on which both sites disagree: both values, what it was, who and when, and the three ways out. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { TextField } from '../../components/text-field';
import { useAction } from '../../hooks/use-action';
import { type Conflict, canType, typedValue } from './typed-value';

interface ConflictCardProps {
  id: string;
  partner: string;
  conflict: Conflict;
  /** Decided already; it goes away when both sites hold the answer. */
  decided: boolean;
  onDecided: () => void;
}

export function ConflictCard({ id, partner, conflict, decided, onDecided }: ConflictCardProps) {
  const resolve = useAction('resolveConflict');
  const [typing, setTyping] = useState(false);
  const [text, setText] = useState(conflict.here.text);
  const [problem, setProblem] = useState<string>();
  const { pair, slot, version, issueKey, partnerKey, label, since, here, base } = conflict;

  async function take(
    answer: { take: 'here' | 'partner' } | { take: 'value'; value: Conflict['here']['value'] },
  ) {
    if (await resolve.run({ id, pair, slot, version, ...answer })) onDecided();
  }
  function takeTyped(): void {
    const typed = typedValue(here.value.t, text);
    setProblem('problem' in typed ? typed.problem : undefined);
    if ('value' in typed) void take({ take: 'value', value: typed.value });
  }

  return (
    <section className="card stack" data-testid="conflict" aria-label={`${label} of ${issueKey}`}>
      <div className="row">
        <h3 className="grow" style={{ margin: 0 }}>
          {label} of {issueKey}
          {partnerKey ? ` and ${partnerKey}` : ''}
        </h3>
        <span className="small subtle">
          waits since <RelativeTime at={since} />
        </span>
      </div>
      <div className="cards">
        <Side title="Here" said={here} />
        <Side title={partner} said={conflict.partner} />
      </div>
      {base && (
        <p className="small subtle">
          Before: <span style={{ overflowWrap: 'anywhere' }}>{base.text === '' ? 'nothing' : base.text}</span>
        </p>
      )}
      <Failure error={resolve.error} />
      {typing && !decided && (
        <TextField
          label="The value for both sites"
          value={text}
          onChange={setText}
          error={problem}
          multiline={here.value.t === 'adf'}
          testId="conflict-value"
        />
      )}
      {decided ? (
        <p role="status">Decided. Both sites are being told.</p>
      ) : (
        <div className="row">
          {typing ? (
            <>
              <Button
                appearance="primary"
                onClick={takeTyped}
                isLoading={resolve.busy}
                testId="conflict-save"
              >
                Use this value
              </Button>
              <Button appearance="subtle" onClick={() => setTyping(false)}>
                Cancel
              </Button>
            </>
          ) : (
            <>
              <Button
                onClick={() => void take({ take: 'here' })}
                isLoading={resolve.busy}
                testId="conflict-here"
              >
                Take ours
              </Button>
              <Button
                onClick={() => void take({ take: 'partner' })}
                isLoading={resolve.busy}
                testId="conflict-partner"
              >
                Take theirs
              </Button>
              {canType(conflict) && (
                <Button appearance="subtle" onClick={() => setTyping(true)} testId="conflict-other">
                  Another value
                </Button>
              )}
            </>
          )}
        </div>
      )}
    </section>
  );
}

function Side({ title, said }: { title: string; said: Conflict['here'] }) {
  return (
    <div className="side">
      <div className="label">{title}</div>
      <div className="said">{said.text === '' ? <span className="subtle">Empty</span> : said.text}</div>
      <div className="small subtle">
        {said.who ? `${said.who}, ` : ''}
        <RelativeTime at={said.at} />
      </div>
    </div>
  );
}
