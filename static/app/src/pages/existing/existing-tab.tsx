/** Everything about issues that were there before the synchronization. */
import { BackfillCard } from './backfill-card';
import { PairingCard } from './pairing-card';

export function ExistingTab({ id, partner }: { id: string; partner: string }) {
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }}>
      <BackfillCard id={id} />
      <PairingCard id={id} partner={partner} />
    </div>
  );
}
