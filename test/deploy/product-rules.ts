/** What the manifest must grant for what the source does: nothing missing, nothing asked in vain. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EgressFilteringService } from '@forge/egress';
import { isEndpoint } from '../../src/core/connection/endpoint';
import { type ScopeNeed, scopeNeedOf } from '../emulator/platform/scope-table';
import { lackingScopes } from '../emulator/platform/scopes';
import { type AppManifest, egressOf, modulesOf, scopesOf } from './app-manifest';
import { error, type Finding, warning } from './finding';
import { type RestCall, restCalls, sourceFiles } from './rest-calls';

/** All rules. `root` is the repository, whose `src` is read. */
export function productFindings(root: string, manifest: AppManifest): Finding[] {
  return [...scopeFindings(root, manifest), ...egressFindings(manifest)];
}

interface Need {
  where: string;
  what: string;
  need: Pick<ScopeNeed, 'classic' | 'granular'>;
}

function scopeFindings(root: string, manifest: AppManifest): Finding[] {
  const granted = new Set(scopesOf(manifest));
  const { needs, findings } = needsOf(root, manifest);
  const used = new Set<string>();
  for (const { where, what, need } of needs) {
    const lacking = lackingScopes({ operation: what, ...need } as ScopeNeed, granted);
    if (lacking.length > 0) findings.push(error(where, `${what} needs ${lacking.join(', ')}`));
    for (const scope of [...(need.classic ?? []), ...(need.granular ?? [])]) used.add(scope);
  }
  for (const scope of granted) {
    if (!used.has(scope)) findings.push(warning('manifest.yml', `nothing needs the scope ${scope}`));
  }
  return findings;
}

function needsOf(root: string, manifest: AppManifest): { needs: Need[]; findings: Finding[] } {
  const needs: Need[] = [];
  const findings: Finding[] = [];
  for (const call of restCalls(root)) {
    const need = needOf(call);
    if (need) needs.push({ where: call.where, what: `${call.method} ${call.path}`, need });
    else findings.push(error(call.where, `Jira documents no ${call.method} ${call.path}`));
  }
  for (const trigger of modulesOf(manifest, 'trigger')) {
    for (const event of stringsOf(trigger['events'])) {
      const need = eventScopes().get(event);
      const where = `manifest.yml, trigger ${trigger.key}`;
      if (need) needs.push({ where, what: event, need });
      else if (!event.startsWith('avi:forge:')) findings.push(error(where, `no such event: ${event}`));
    }
  }
  if (sourceFiles(root).some((file) => /from '@forge\/kvs'/.test(readFileSync(`${root}/${file}`, 'utf8')))) {
    const need = { classic: ['storage:app'], granular: undefined };
    needs.push({ where: 'src', what: 'storage', need });
  }
  return { needs, findings };
}

/** `{}` in a path stands for one segment or, at its end, for several. */
function needOf({ method, path }: RestCall): ScopeNeed | undefined {
  return scopeNeedOf(method, path.replaceAll('{}', 'x'));
}

const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

interface EventMapping {
  mapping: { productEvent: string; oAuthScopes: { current?: string[]; beta?: string[] } }[];
}

/** Atlassian's own table, published with its manifest validator. */
function eventScopes(): Map<string, Need['need']> {
  // The package exports only its code; the table lies beside it.
  const out = dirname(require.resolve('@forge/manifest'));
  const file = join(out, 'mapping/product-event-to-scope-mapping.json');
  const { mapping } = JSON.parse(readFileSync(file, 'utf8')) as EventMapping;
  return new Map(
    mapping.map(({ productEvent, oAuthScopes }) => [
      productEvent,
      { classic: oAuthScopes.current, granular: oAuthScopes.beta },
    ]),
  );
}

/** The only addresses that the product calls are those which its own rule for partner addresses accepts. */
function egressFindings(manifest: AppManifest): Finding[] {
  const partner =
    'https://6b1f6b0e-5d0c-4c55-9a0d-c0c0ad15ee01.webtrigger.atlassian.app/public/AbCdEfGh0123456789_-';
  if (!isEndpoint(partner)) return [error('test/deploy', 'the example is no address of a partner any more')];
  const entries = egressOf(manifest);
  const allows = (addresses: string[]) => new EgressFilteringService(addresses).isValidUrl(partner);
  const findings: Finding[] = [];
  if (!allows(entries)) {
    findings.push(error('manifest.yml', `permissions.external.fetch.backend does not allow ${partner}`));
  }
  for (const entry of entries) {
    if (!allows([entry])) findings.push(error('manifest.yml', `nothing is called at ${entry}`));
  }
  return findings;
}
