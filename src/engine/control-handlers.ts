/** What each control operation of the stream does here. The worker calls them in order; every one may be repeated. */
import type { ControlOperation } from '#core/protocol/operations';
import { onCatalogShare } from './agree/on-catalog-share';
import { onContractConfirm } from './agree/on-contract-confirm';
import { onContractPublish } from './agree/on-contract-publish';
import { onRun } from './agree/on-run';
import { endByPartner } from './connect/on-goodbye';
import { onPartnerConfirmed } from './connect/on-partner-confirmed';
import { onPairAnswer } from './pairing/on-pair-answer';
import { onPairAsk } from './pairing/on-pair-ask';
import type { Ports } from './ports/ports';
import { recordActivity } from './record-activity';
import type { Connection } from './rows/connection';
import { readConnection } from './update-connection';

type ControlHandler<Op extends ControlOperation['op']> = (
  ports: Ports,
  connection: Connection,
  operation: Extract<ControlOperation, { op: Op }>,
  seq: number,
) => Promise<void>;

export type ControlHandlers = { [Op in ControlOperation['op']]: ControlHandler<Op> };

/** Nothing else counts before both admins have confirmed each other. */
export const controlHandlers: ControlHandlers = {
  'partner.confirmed': (ports, { id }) => onPartnerConfirmed(ports, id),
  goodbye: (ports, connection, operation) => endByPartner(ports, connection, operation.reason),
  'catalog.share': verified((ports, { id }, operation) => onCatalogShare(ports, id, operation)),
  'contract.publish': verified((ports, { id }, operation) => onContractPublish(ports, id, operation)),
  'contract.confirm': verified((ports, { id }, operation) => onContractConfirm(ports, id, operation)),
  'pair.ask': verified(onPairAsk),
  'pair.answer': verified(onPairAnswer),
  'run.start': verified((ports, { id }) => onRun(ports, id, 'started')),
  'run.stop': verified((ports, { id }) => onRun(ports, id, 'stopped')),
};

/** Reads the row again: the worker's copy may be from before the confirmation that came in the same batch. */
function verified<Op extends ControlOperation['op']>(handle: ControlHandler<Op>): ControlHandler<Op> {
  return async (ports, connection, operation, seq) => {
    const row = await readConnection(ports, connection.id);
    if (row?.confirmedHere === undefined || row.confirmedThere === undefined) {
      const text = `The partner sent "${operation.op}" before both admins had confirmed. It was ignored.`;
      await recordActivity(ports, connection.id, { level: 'warning', text });
      return;
    }
    await handle(ports, row, operation, seq);
  };
}
