/** Reads `manifest.yml`: only what the emulator acts on; Atlassian's own validator checks the rest elsewhere. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { UiModule } from '../world-contract';
import { APP_LIMITS, INVOCATION_LIMITS } from './limits';

// Strict everywhere: what the emulator does not act on, it refuses, so that nobody believes in a setting without effect.
const memorySchema = z.number().int().min(INVOCATION_LIMITS.memoryMbMin).max(INVOCATION_LIMITS.memoryMbMax);

const functionSchema = z.strictObject({
  key: z.string(),
  handler: z.string().regex(/^[^.]+\.[^.]+$/, 'handler must be file.export'),
  timeoutSeconds: z.number().int().min(1).max(INVOCATION_LIMITS.timeoutSecondsMax).optional(),
  runtime: z.strictObject({ memoryMB: memorySchema.optional() }).optional(),
});

const uiModuleSchema = z.strictObject({
  key: z.string(),
  title: z.union([z.string(), z.strictObject({ i18n: z.string() })]).optional(),
  resource: z.string({ error: 'a UI module needs a resource: UI Kit 1 is gone' }),
  icon: z.string().optional(),
  layout: z.enum(['native', 'basic', 'blank']).optional(),
  /** Of issue panels: whether an issue can have it twice. */
  allowMultiple: z.literal(false).optional(),
  resolver: z.strictObject({ function: z.string() }).optional(),
});

const webtriggerSchema = z.strictObject({
  key: z.string(),
  function: z.string(),
  urlFormat: z.enum(['v1', 'v2']).optional(),
  response: z
    .strictObject({
      type: z.enum(['static', 'dynamic']),
      outputs: z
        .array(
          z.strictObject({
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

const entitySchema = z.strictObject({
  name: z.string(),
  attributes: z.record(z.string(), z.strictObject({ type: z.string() })),
  indexes: z
    .array(
      z.union([
        z.string(),
        z.strictObject({
          name: z.string(),
          range: z.array(z.string()),
          partition: z.array(z.string()).optional(),
        }),
      ]),
    )
    .optional(),
});

const triggerSchema = z.strictObject({
  key: z.string(),
  function: z.string(),
  events: z.array(z.unknown()),
  filter: z.unknown().optional(),
  payload: z.unknown().optional(),
});

const scheduledTriggerSchema = z.strictObject({
  key: z.string(),
  function: z.string(),
  interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
  filter: z.unknown().optional(),
});

const permissionsSchema = z.strictObject({
  scopes: z.union([
    z.array(z.string()),
    z.record(z.string(), z.strictObject({ allowImpersonation: z.boolean().optional() }).nullable()),
  ]),
  content: z
    .strictObject({ styles: z.array(z.string()).optional(), scripts: z.array(z.string()).optional() })
    .optional(),
  external: z
    .strictObject({
      fetch: z
        .strictObject({
          backend: z.array(z.union([z.string(), z.strictObject({ address: z.string() })])),
        })
        .optional(),
    })
    .optional(),
});

const modules = <T extends z.ZodType>(schema: T) => z.array(schema).default([]);

const manifestSchema = z.strictObject({
  app: z.strictObject({
    id: z.string().regex(/^ari:cloud:ecosystem::app\/[0-9a-f-]{36}$/, 'app.id must be an app ARI'),
    name: z.string().optional(),
    runtime: z.strictObject({
      name: z.literal('nodejs22.x'),
      memoryMB: memorySchema.optional(),
      architecture: z.enum(['arm64', 'x86_64']).optional(),
    }),
    storage: z.strictObject({ entities: z.array(entitySchema).default([]) }).optional(),
  }),
  permissions: permissionsSchema,
  resources: z.array(z.strictObject({ key: z.string(), path: z.string() })).default([]),
  modules: z.strictObject({
    function: modules(functionSchema),
    webtrigger: modules(webtriggerSchema),
    consumer: modules(z.strictObject({ key: z.string(), queue: z.string(), function: z.string() })),
    trigger: modules(triggerSchema),
    scheduledTrigger: modules(scheduledTriggerSchema),
    preUninstall: modules(z.strictObject({ key: z.string(), function: z.string() })),
    'jira:adminPage': modules(uiModuleSchema),
    'jira:projectSettingsPage': modules(uiModuleSchema),
    'jira:issuePanel': modules(uiModuleSchema),
    'jira:globalPage': modules(uiModuleSchema),
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
  entities: NonNullable<Parsed['app']['storage']>['entities'];
  uiModules: (UiModule & { resolverFunction: string | undefined })[];
}

const UI_TYPES = [
  'jira:adminPage',
  'jira:projectSettingsPage',
  'jira:issuePanel',
  'jira:globalPage',
] as const;
function readUiModules(parsed: Parsed, directory: string): AppManifest['uiModules'] {
  const modules: AppManifest['uiModules'] = [];
  for (const type of UI_TYPES) {
    for (const raw of parsed.modules[type]) {
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

function checkSizes({ modules: byType, resources }: Parsed): void {
  const count = Object.values(byType).reduce((sum, list) => sum + list.length, 0);
  if (count > APP_LIMITS.modules) {
    throw new Error(`manifest.yml: ${count} modules, more than ${APP_LIMITS.modules}`);
  }
  if (resources.length > APP_LIMITS.resources) {
    throw new Error(`manifest.yml: ${resources.length} resources, more than ${APP_LIMITS.resources}`);
  }
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
  if (!result.success) {
    throw new Error(
      `manifest.yml, of which the emulator takes only what it acts on: ${z.prettifyError(result.error)}`,
    );
  }
  const parsed = result.data;
  checkSizes(parsed);
  const scopes = parsed.permissions.scopes;
  const scopeNames = Array.isArray(scopes) ? scopes : Object.keys(scopes);
  const impersonation = Array.isArray(scopes)
    ? []
    : Object.entries(scopes).flatMap(([scope, options]) => (options?.allowImpersonation ? [scope] : []));
  const manifest: AppManifest = {
    appId: parsed.app.id.replace(/^.*\//, ''),
    name: parsed.app.name ?? nameFromPackage(directory),
    runtimeName: parsed.app.runtime.name,
    defaultMemoryMb: parsed.app.runtime.memoryMB ?? INVOCATION_LIMITS.memoryMbDefault,
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
    entities: parsed.app.storage?.entities ?? [],
    uiModules: readUiModules(parsed, directory),
  };
  checkFunctionKeys(manifest);
  return manifest;
}
