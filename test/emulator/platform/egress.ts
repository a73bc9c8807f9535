/** External requests of functions: only where the manifest allows, and only to hosts that the emulator stands in for. */
import { EgressFilteringService } from '@forge/egress';
import type { Clock, Stats } from '../seam';
import type { Webtriggers } from '../services/contracts';
import { createRateWindow } from '../services/rate-window';
import { atDepth } from './call-depth';
import { EGRESS_LIMITS, MINUTE } from './limits';
import type { RunningInvocation } from './running-invocations';

export interface Egress {
  /** Carries out the request of a function, or refuses it as the platform does. */
  fetch(running: RunningInvocation, request: Request): Promise<Response>;
}

export interface EgressOptions {
  /** `permissions.external.fetch.backend`. */
  allowed: string[];
  webtriggers: Webtriggers;
  clock: Clock;
  stats: Stats;
  /** Loud line for what the emulator cannot reach. */
  warn: (site: string, text: string) => void;
}

const PORTS: ReadonlySet<string> = new Set(EGRESS_LIMITS.ports);

function refuse(url: string): Response {
  const text = `URL not included in the external fetch backend permissions: ${url}. Visit go.atlassian.com/forge-egress for more information.`;
  return new Response(text, {
    status: 403,
    headers: { 'forge-proxy-error': 'REQUEST_EGRESS_ALLOWLIST_ERR' },
  });
}

/** The wrapper turns this into the error of a fetch without an answer. */
function unreachable(reason: string): Response {
  return new Response(reason, { status: 502, headers: { 'x-emulator-unreachable': '1' } });
}

/** Egress over the manifest's list. */
export function createEgress(options: EgressOptions): Egress {
  const filter = new EgressFilteringService(options.allowed);
  const ofApp = createRateWindow(options.clock, EGRESS_LIMITS.perAppPerMinute, MINUTE);
  return {
    async fetch(running, request) {
      const site = running.invocation.installation.site.key;
      const url = new URL(request.url);
      options.stats.addTo(site, 'egress', url.host);
      if (!filter.isValidUrl(request.url) || !PORTS.has(url.port)) {
        options.stats.add(site, 'egressRefused');
        options.warn(site, `egress refused: ${request.url} is not in permissions.external.fetch.backend`);
        return refuse(request.url);
      }
      if (running.egressLeft <= 0 || !ofApp.fits('app')) {
        options.stats.add(site, 'egressLimited');
        return new Response('Fetch limit exceeded', {
          status: 429,
          headers: { 'forge-proxy-error': 'FETCH_LIMIT_EXCEEDED' },
        });
      }
      running.egressLeft -= 1;
      ofApp.count('app');
      if (options.webtriggers.owns(url.host)) {
        const answer = await atDepth(running.depth + 1, () => options.webtriggers.ingress(request, { site }));
        return answer.headers.get('x-emulator-fault') === 'connection-lost'
          ? unreachable('socket hang up')
          : answer;
      }
      options.warn(site, `unreachable: nothing in the emulator answers for ${url.host}`);
      return unreachable(`getaddrinfo ENOTFOUND ${url.hostname}`);
    },
  };
}
