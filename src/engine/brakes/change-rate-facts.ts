/** What the count of changes needs to know of a connection. */
import type { RateFacts } from '#core/brake/change-rate';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

export function rateFacts(ports: Ports, connection: Connection): RateFacts {
  return {
    now: ports.clock.now(),
    startedAt: connection.run.startedAt,
    forgivenAt: connection.brakeAnswers?.changeRate?.at,
  };
}
