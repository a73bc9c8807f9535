/**
 * The same journey in a bad hour: events late and doubled, one Jira call in twenty limited and one in fifty failing, the search
 * index behind, one process serving all sites, and every invocation starting cold.
 */
import { describeJourney } from './support/journey';

describeJourney({
  world: {
    slots: 1,
    cold: true,
    seed: 4_711,
    faults: {
      eventDelay: { ms: 500, jitterMs: 2_500 },
      eventDuplication: { rate: 0.5 },
      errors: [
        { call: 'jira:*', rate: 0.05, status: 429, retryAfterSeconds: 1 },
        { call: 'jira:*', rate: 0.02, status: 503 },
      ],
      indexLag: { ms: 3_000 },
    },
  },
  mostInteractions: 20,
});
