/** Counts of jobs (one job = one push) for `getStats`; the oldest finished ones are forgotten. */
import { z } from 'zod';
import { QUEUE_LIMITS } from '../limits';

const jobCountsSchema = z.object({
  queueName: z.string(),
  success: z.number(),
  inProgress: z.number(),
  failed: z.number(),
});
export type JobCounts = z.infer<typeof jobCountsSchema>;
export const jobsSnapshotSchema = z.record(z.string(), jobCountsSchema);

export interface Jobs {
  find(jobId: string, queueName: string): JobCounts | undefined;
  begin(jobId: string, queueName: string, events: number): void;
  end(jobId: string, outcome: 'success' | 'failed' | 'cancelled'): void;
  /** Unfinished jobs only: what a restart must know. */
  snapshot(): Record<string, JobCounts>;
}

export function createJobs(initial: Record<string, JobCounts>): Jobs {
  const jobs = new Map(Object.entries(initial));

  function forgetOldest(): void {
    for (const [id, counts] of jobs) {
      if (jobs.size <= QUEUE_LIMITS.rememberedJobs) return;
      if (counts.inProgress === 0) jobs.delete(id);
    }
  }

  return {
    find(jobId, queueName) {
      const counts = jobs.get(jobId);
      return counts?.queueName === queueName ? counts : undefined;
    },
    begin(jobId, queueName, events) {
      jobs.set(jobId, { queueName, success: 0, inProgress: events, failed: 0 });
      forgetOldest();
    },
    end(jobId, outcome) {
      const counts = jobs.get(jobId);
      if (counts === undefined) return;
      counts.inProgress -= 1;
      if (outcome !== 'cancelled') counts[outcome] += 1;
    },
    snapshot: () => Object.fromEntries([...jobs].filter(([, counts]) => counts.inProgress > 0)),
  };
}
