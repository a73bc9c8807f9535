/** The points that an app may spend in an hour on all sites together. */
import { POINTS_PER_HOUR } from './limits';

const HOUR_MS = 3_600_000;

/** When the hour of `now` is over: points come back then, and none are carried over. */
export function hourEnd(now: number): number {
  return (Math.floor(now / HOUR_MS) + 1) * HOUR_MS;
}

export class PointsPool {
  private readonly used = new Map<string, { hour: number; points: number }>();
  /** False: the phase before enforcement. Nobody is refused, and headers carry `Beta-`. */
  enforced: boolean;

  constructor(enforced = true) {
    this.enforced = enforced;
  }

  charge(appId: string, points: number, now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    const before = this.used.get(appId);
    this.used.set(appId, { hour, points: (before?.hour === hour ? before.points : 0) + points });
  }

  left(appId: string, now: number): number {
    const used = this.used.get(appId);
    const current = used !== undefined && used.hour === Math.floor(now / HOUR_MS) ? used.points : 0;
    return Math.max(0, POINTS_PER_HOUR - current);
  }

  clear(): void {
    this.used.clear();
  }
}
