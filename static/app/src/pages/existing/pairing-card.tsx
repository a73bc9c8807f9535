/** Issues that exist on both sites already: allow it, list the pairs, look at the preview, make them twins. */
import SectionMessage from '@atlaskit/section-message';
import { Failure } from '../../components/failure';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { lineFields } from './field-choice';
import { PairingAllow } from './pairing-allow';
import { PairingList } from './pairing-list';
import { PairingPreview } from './pairing-preview';

const refreshMs = 3_000;

export function PairingCard({ id, partner }: { id: string; partner: string }) {
  const { value, error, reload } = useCall('pairing', { id }, refreshMs);
  const editor = useCall('editor', { id });
  if (value === undefined || editor.value === undefined)
    return (
      <section className="card">
        <h2>Issues that exist on both sites</h2>
        {(error ?? editor.error) ? (
          <Failure
            error={error ?? editor.error}
            retry={() => void Promise.all([reload(), editor.reload()])}
          />
        ) : (
          <Waiting label="Loading" />
        )}
      </section>
    );
  const fields = lineFields(editor.value.mine);
  const changed = () => void reload();
  return (
    <section className="card stack" data-testid="pairing">
      <div>
        <h2>Issues that exist on both sites</h2>
        <p className="subtle">
          Make them twins before other existing issues go over; otherwise each gets a second copy. One of you
          allows it, the other gives the list. Nothing changes before Start.
        </p>
      </div>
      {value.allow !== null && value.list === undefined && (
        <SectionMessage title="Pairing is open">
          <p>Existing issues wait until you end it, so that none gets a second copy.</p>
        </SectionMessage>
      )}
      {value.list === undefined ? (
        <div className="cards">
          <PairingList id={id} fields={fields} onAsked={changed} />
          <PairingAllow id={id} partner={partner} allow={value.allow} fields={fields} onChanged={changed} />
        </div>
      ) : (
        <PairingPreview id={id} partner={partner} list={value.list} onChanged={changed} />
      )}
    </section>
  );
}
