/** What each control operation of the stream does here. The worker calls them in order; every one may be repeated. */
import type { ControlOperation } from '#core/protocol/operations';
import { onCatalogShare } from './agree/on-catalog-share';
import { onContractConfirm } from './agree/on-contract-confirm';
import { onContractPublish } from './agree/on-contract-publish';
import { onRun } from './agree/on-run';
import { endByPartner } from './connect/on-goodbye';
import { onPartnerConfirmed } from './connect/on-partner-confirmed';
import type { Ports } from './ports/ports';
import type { Connection } from './rows/connection';

export type ControlHandlers = {
  [Op in ControlOperation['op']]: (
    ports: Ports,
    connection: Connection,
    operation: Extract<ControlOperation, { op: Op }>,
    seq: number,
  ) => Promise<void>;
};

export const controlHandlers: ControlHandlers = {
  'partner.confirmed': (ports, { id }) => onPartnerConfirmed(ports, id),
  'catalog.share': (ports, { id }, operation) => onCatalogShare(ports, id, operation),
  'contract.publish': (ports, { id }, operation) => onContractPublish(ports, id, operation),
  'contract.confirm': (ports, { id }, operation) => onContractConfirm(ports, id, operation),
  'run.start': (ports, { id }) => onRun(ports, id, 'started'),
  'run.stop': (ports, { id }) => onRun(ports, id, 'stopped'),
  goodbye: (ports, connection, operation) => endByPartner(ports, connection, operation.reason),
};
