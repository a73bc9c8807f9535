/** Reads `manifest.yml`: only what the emulator acts on; Atlassian's own validator checks the rest elsewhere. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { UiModule } from '../world-contract';

const functionSchema = z.object({
  key: z.string(),
  handler: z.string().regex(/^[^.]+\.[^.]+$/, 'handler must be file.export'),
  timeoutSeconds: z.number().int().min(1).max(900).optional(),
  runtime: z.object({ memoryMB: z.number().optional() }).optional(),
});

const uiModuleSchema = z.looseObject({
  key: z.string(),
  title: z.union([z.string(), z.object({ i18n: z.string() })]).optional(),
  resource: z.string({ error: 'a UI module needs a resource: UI Kit 1 is gone' }),
  icon: z.string().optional(),
  resolver: z.object({ function: z.string() }).optional(),
});

const webtriggerSchema = z.object({
  key: z.string(),
  function: z.string(),
  urlFormat: z.enum(['v1', 'v2']).optional(),
  response: z
    .object({
      type: z.enum(['static', 'dynamic']),
      outputs: z
        .array(
          z.object({
            key: z.string(),
            statusCode: z.number(),
            contentType: z.string().optional(),
            body: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

const manifestSchema = z.object({
  app: z.object({
    id: z.string().regex(/^ari:cloud:ecosystem::app\/[0-9a-f-]{36}$/, 'app.id must be an app ARI'),
    name: z.string().optional(),
    runtime: z.object({ name: z.string(), memoryMB: z.number().optional() }),
  }),
  permissions: z.looseObject({
    scopes: z.union([
      z.array(z.string()),
      z.record(z.string(), z.object({ allowImpersonation: z.boolean().optional() }).nullable()),
    ]),
    external: z
      .looseObject({
        fetch: z
          .looseObject({ backend: z.array(z.union([z.string(), z.looseObject({ address: z.string() })])) })
          .optional(),
      })
      .optional(),
  }),
  resources: z.array(z.looseObject({ key: z.string(), path: z.string() })).default([]),
  modules: z.looseObject({
    function: z.array(functionSchema).default([]),
    webtrigger: z.array(webtriggerSchema).default([]),
    consumer: z.array(z.object({ key: z.string(), queue: z.string(), function: z.string() })).default([]),
    trigger: z
      .array(
        z.object({
          key: z.string(),
          function: z.string(),
          events: z.array(z.unknown()),
          filter: z.unknown().optional(),
          payload: z.unknown().optional(),
        }),
      )
      .default([]),
    scheduledTrigger: z
      .array(
        z.object({
          key: z.string(),
          function: z.string(),
          interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
          filter: z.unknown().optional(),
        }),
      )
      .default([]),
    preUninstall: z.array(z.object({ key: z.string(), function: z.string() })).default([]),
  }),
});

const storageSchema = z.object({
  app: z.object({
    storage: z
      .object({
        entities: z
          .array(
            z.object({
              name: z.string(),
              attributes: z.record(z.string(), z.object({ type: z.string() })),
              indexes: z
                .array(
                  z.union([
                    z.string(),
                    z.object({
                      name: z.string(),
                      range: z.array(z.string()),
                      partition: z.array(z.string()).optional(),
                    }),
                  ]),
                )
                .optional(),
            }),
          )
          .default([]),
      })
      .optional(),
  }),
});

type Parsed = z.infer<typeof manifestSchema>;
export type ManifestFunction = z.infer<typeof functionSchema>;

export interface AppManifest {
  appId: string;
  name: string;
  runtimeName: string;
  defaultMemoryMb: number;
  scopes: Set<string>;
  /** Scopes which `asUser(accountId)` may use without a user in the invocation. */
  impersonationScopes: Set<string>;
  /** Addresses of `permissions.external.fetch.backend`. */
  backendEgress: string[];
  permissions: Record<string, unknown>;
  functions: Map<string, ManifestFunction>;
  webtriggers: Parsed['modules']['webtrigger'];
  consumers: Parsed['modules']['consumer'];
  triggers: Parsed['modules']['trigger'];
  scheduledTriggers: Parsed['modules']['scheduledTrigger'];
  preUninstall: Parsed['modules']['preUninstall'];
  entities: NonNullable<z.infer<typeof storageSchema>['app']['storage']>['entities'];
  uiModules: (UiModule & { resolverFunction: string | undefined })[];
}

const UI_TYPES = [
  'jira:adminPage',
  'jira:projectSettingsPage',
  'jira:issuePanel',
  'jira:globalPage',
] as const;
const KNOWN_TYPES = new Set<string>([
  ...UI_TYPES,
  'function',
  'webtrigger',
  'consumer',
  'trigger',
  'scheduledTrigger',
  'preUninstall',
]);

function readUiModules(parsed: Parsed, directory: string): AppManifest['uiModules'] {
  const modules: AppManifest['uiModules'] = [];
  for (const type of UI_TYPES) {
    for (const raw of z.array(uiModuleSchema).parse(parsed.modules[type] ?? [])) {
      const resource = parsed.resources.find((candidate) => candidate.key === raw.resource);
      if (!resource) throw new Error(`module ${raw.key} names the unknown resource ${raw.resource}`);
      const title = typeof raw.title === 'string' ? raw.title : (raw.title?.i18n ?? raw.key);
      modules.push({
        key: raw.key,
        type,
        title,
        resourceKey: raw.resource,
        resourceDirectory: resolve(directory, resource.path),
        ...(raw.icon === undefined ? {} : { icon: raw.icon }),
        raw,
        resolverFunction: raw.resolver?.function,
      });
    }
  }
  return modules;
}

function checkFunctionKeys(manifest: AppManifest): void {
  const users = [
    ...manifest.webtriggers,
    ...manifest.consumers,
    ...manifest.triggers,
    ...manifest.scheduledTriggers,
    ...manifest.preUninstall,
  ].map((module) => ({ key: module.key, function: module.function }));
  for (const module of manifest.uiModules) {
    if (module.resolverFunction) users.push({ key: module.key, function: module.resolverFunction });
  }
  for (const user of users) {
    if (!manifest.functions.has(user.function)) {
      throw new Error(`manifest.yml: module ${user.key} names the unknown function ${user.function}`);
    }
  }
}

const packageSchema = z.object({ name: z.string() });

/** A manifest may leave the name to the developer console; the package has one too. */
function nameFromPackage(directory: string): string {
  const { name } = packageSchema.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')));
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Reads and checks the manifest of the app in `directory`; throws with what to change. */
export function readManifest(directory: string): AppManifest {
  const text = readFileSync(join(directory, 'manifest.yml'), 'utf8');
  const document: unknown = parse(text);
  const result = manifestSchema.safeParse(document);
  if (!result.success) throw new Error(`manifest.yml: ${z.prettifyError(result.error)}`);
  const parsed = result.data;
  const unknown = Object.keys(parsed.modules).filter((type) => !KNOWN_TYPES.has(type));
  if (unknown.length > 0) throw new Error(`manifest.yml: not emulated: modules ${unknown.join(', ')}`);
  const scopes = parsed.permissions.scopes;
  const scopeNames = Array.isArray(scopes) ? scopes : Object.keys(scopes);
  const impersonation = Array.isArray(scopes)
    ? []
    : Object.entries(scopes).flatMap(([scope, options]) => (options?.allowImpersonation ? [scope] : []));
  const manifest: AppManifest = {
    appId: parsed.app.id.replace(/^.*\//, ''),
    name: parsed.app.name ?? nameFromPackage(directory),
    runtimeName: parsed.app.runtime.name,
    defaultMemoryMb: parsed.app.runtime.memoryMB ?? 512,
    scopes: new Set(scopeNames),
    impersonationScopes: new Set(impersonation),
    backendEgress: (parsed.permissions.external?.fetch?.backend ?? []).map((entry) =>
      typeof entry === 'string' ? entry : entry.address,
    ),
    permissions: parsed.permissions,
    functions: new Map(parsed.modules.function.map((entry) => [entry.key, entry])),
    webtriggers: parsed.modules.webtrigger,
    consumers: parsed.modules.consumer,
    triggers: parsed.modules.trigger,
    scheduledTriggers: parsed.modules.scheduledTrigger,
    preUninstall: parsed.modules.preUninstall,
    entities: storageSchema.parse(document).app.storage?.entities ?? [],
    uiModules: readUiModules(parsed, directory),
  };
  checkFunctionKeys(manifest);
  return manifest;
}
