/**
 * What the emulator makes of every call of the Forge packages. A test holds the list against what the installed packages
 * export, and shows that what is refused is refused.
 */

export type CoverageLevel = 'full' | 'partial' | 'refused';

/** `local` = the package answers by itself and asks no platform. */
export interface SdkCall {
  package: '@forge/api' | '@forge/kvs' | '@forge/events' | '@forge/resolver' | '@forge/bridge';
  /** As a program writes it: `asApp().requestJira`, `Queue#push`. */
  call: string;
  level: CoverageLevel;
  /** What is missing, why it is refused, or how it is done. */
  note: string;
}

type Row = readonly [call: string, level: CoverageLevel, note?: string];

const LOCAL = 'the package does it alone';
const rows = (name: SdkCall['package'], list: readonly Row[]): SdkCall[] =>
  list.map(([call, level, note = '']) => ({ package: name, call, level, note }));
const local = (...calls: string[]): Row[] => calls.map((call) => [call, 'full', LOCAL]);
const refused = (why: string, ...calls: string[]): Row[] => calls.map((call) => [call, 'refused', why]);

const OTHER_PRODUCT = '501: the emulator has Jira only';
const NO_TRANSLATIONS = 'translations of a manifest stop the start, so the package finds no texts and throws';
const GRAPH = '501: no GraphQL but that of webtriggers';

const API: readonly Row[] = [
  ['asApp', 'full'],
  ['asApp().requestJira', 'full', 'scopes, points and permissions as the site has them'],
  ...refused(OTHER_PRODUCT, 'asApp().requestConfluence', 'asApp().requestBitbucket'),
  ...refused(GRAPH, 'asApp().requestGraph', 'asApp().requestConnectedData'),
  ['asApp().requestAtlassian', 'refused', '501: no platform REST is emulated'],
  ['asApp().withContext', 'partial', "the installation's own context only; any other is 501"],
  [
    'asUser',
    'full',
    'without a user NEEDS_AUTHENTICATION_ERR in resolvers and webtriggers, elsewhere AUTH_TYPE_UNAVAILABLE',
  ],
  [
    'asUser().requestJira',
    'full',
    'another account needs an impersonation scope, else AUTH_TYPE_UNAVAILABLE',
  ],
  ...refused(OTHER_PRODUCT, 'asUser().requestConfluence', 'asUser().requestBitbucket'),
  ...refused(
    GRAPH,
    'asUser().requestGraph',
    'asUser().requestTeamworkGraph',
    'asUser().requestConnectedData',
  ),
  ['asUser().requestAtlassian', 'refused', '501: no platform REST is emulated'],
  ['asUser().withProvider', 'refused', 'no external accounts: the package throws for want of credentials'],
  ['asUser().withContext', 'partial', "the installation's own context only; any other is 501"],
  ['requestJira', 'refused', '501: a call without asApp or asUser has no actor here'],
  ...refused(OTHER_PRODUCT, 'requestConfluence', 'requestBitbucket'),
  ['fetch', 'full', 'egress list, ports and calls per minute; only webtriggers of this world answer'],
  [
    'webTrigger.getUrl',
    'partial',
    'forceCreate works; secretKeyConfig is refused, its protocol is not published',
  ],
  ['webTrigger.queryUrls', 'full'],
  ['webTrigger.deleteUrl', 'full'],
  ['authorize', 'partial', 'asks Jira for permissions as the user; Confluence is 501'],
  ['privacy.reportPersonalData', 'refused', '501: the reporting service is not emulated'],
  ['getAppContext', 'full'],
  ['bindInvocationContext', 'full', 'invocations live in AsyncLocalStorage, as the package wants it'],
  ['permissions.hasPermission', 'full', "the manifest's permissions"],
  ['permissions.hasScope', 'full'],
  ['permissions.canFetchFrom', 'full'],
  ['permissions.canLoadResource', 'full'],
  ...refused(NO_TRANSLATIONS, 'i18n.createTranslationFunction', 'i18n.getTranslations'),
  ['invokeRemote', 'refused', '501: no remotes'],
  ['invokeService', 'refused', '501: no containers'],
  ['__fetchProduct', 'partial', 'the seam under requestJira; other remotes are 501'],
  ['__requestAtlassianAsApp', 'partial', 'queues and webtriggers only; the rest is 501'],
  ['__requestAtlassianAsUser', 'refused', '501: nothing is emulated under it'],
  ['createRequestStargateAsApp', 'partial', 'as __requestAtlassianAsApp'],
  ...local('route', 'routeFromAbsolute', 'assumeTrustedRoute', '__getRuntime', 'FUNCTION_ERR', 'default'),
  ...local('isExpectedError', 'isForgePlatformError', 'isHostedCodeError'),
  ...local('ExternalEndpointNotAllowedError', 'FetchError', 'HttpError', 'InvalidWorkspaceRequestedError'),
  ...local('NeedsAuthenticationError', 'NotAllowedError', 'ProductEndpointNotAllowedError'),
  ...local('ProxyRequestError', 'RequestProductNotAllowedError'),
];

const CONDITIONS = [
  'beginsWith',
  'between',
  'equalTo',
  'greaterThan',
  'greaterThanEqualTo',
  'lessThan',
  'lessThanEqualTo',
];
const FILTERS_ONLY = ['notEqualTo', 'exists', 'notExists', 'contains', 'notContains'];

const KVS: readonly Row[] = [
  ['kvs.get', 'full'],
  ['kvs.set', 'full', 'ttl, keyPolicy, returnValue, returnMetadataFields'],
  ['kvs.delete', 'full'],
  ['kvs.query', 'full', 'key prefix only, as the platform'],
  ['kvs.batchGet', 'full'],
  ['kvs.batchSet', 'full'],
  ['kvs.batchDelete', 'full'],
  ['kvs.getSecret', 'full'],
  ['kvs.setSecret', 'full'],
  ['kvs.deleteSecret', 'full'],
  ['kvs.entity', 'full'],
  ['kvs.entity().get', 'full'],
  ['kvs.entity().set', 'full'],
  ['kvs.entity().delete', 'full'],
  ['kvs.entity().query', 'full'],
  ['kvs.entity().query().index', 'full'],
  ...['where', 'filters', 'sort', 'cursor', 'limit', 'getOne', 'getMany'].map(
    (name): Row => [`kvs.entity().query().index().${name}`, 'full'],
  ),
  ...['where', 'cursor', 'limit', 'getOne', 'getMany'].map((name): Row => [`kvs.query().${name}`, 'full']),
  ['kvs.transact', 'full'],
  ...['set', 'delete', 'check', 'execute'].map((name): Row => [`kvs.transact().${name}`, 'full']),
  ...['and', 'or', 'filters', 'operator'].map((name): Row => [`Filter#${name}`, 'full', LOCAL]),
  ...CONDITIONS.map((name): Row => [`WhereConditions.${name}`, 'full']),
  ...[...CONDITIONS, ...FILTERS_ONLY].map((name): Row => [`FilterConditions.${name}`, 'full']),
  ...local('MetadataField', 'Sort', 'Filter', 'default'),
  ...local('ForgeKvsError', 'ForgeKvsAPIError', 'isOverrideAndReturnOptions'),
];

const EVENTS: readonly Row[] = [
  ...local('Queue', 'JobProgress', 'QueueResponse', 'QueueResponse#retry', 'InvocationErrorCode'),
  ['Queue#push', 'full', 'delays, concurrency keys, partial success as a fault'],
  ['Queue#getJob', 'full'],
  ['Queue#getStats', 'full'],
  ['Queue#cancel', 'full', 'what is running goes on'],
  ['JobProgress#getStats', 'full'],
  ['JobProgress#cancel', 'full', 'what is running goes on'],
  ['InvocationError', 'full', 'returned, it is a retry for consumers and triggers'],
  ['InvocationError#toJSON', 'full', LOCAL],
  ['appEvents.publish', 'refused', '501: events between apps need a second app'],
  ...local('InvalidQueueNameError', 'TooManyEventsError', 'PayloadTooBigError', 'NoEventsToPushError'),
  ...local('RateLimitError', 'PartialSuccessError', 'InternalServerError', 'JobDoesNotExistError'),
  ...local('InvalidPushSettingsError', 'InvocationLimitReachedError'),
];

const RESOLVER: readonly Row[] = [
  ['default', 'full', 'the class Resolver; resolvers of pages run through it'],
  ...local('makeResolver', 'default#define', 'default#getFunction', 'default#sanitizeObject'),
  ['default#getDefinitions', 'full'],
];

const NO_REALTIME = 'refused by name: no realtime channels';
const NO_OBJECT_STORE = 'calls the resolver; the object store itself is 501 in functions';
const NO_EGRESS_ADMIN = 'refused by name: customer-managed egress is not emulated';

const BRIDGE: readonly Row[] = [
  ['invoke', 'full', '500 KB in, 5 MB out; 500 calls in 25 s by the package'],
  ['makeInvoke', 'full'],
  ...refused('refused by name: no remotes, no containers', 'invokeRemote', 'invokeService', 'requestRemote'),
  ['requestJira', 'full', 'multipart and binary answers included'],
  ...refused('refused by name: the emulator has Jira only', 'requestConfluence', 'requestBitbucket'),
  ...refused('refused by name: no GraphQL', 'requestTeamworkGraph', 'fetchUserRecommendations'),
  ['view.getContext', 'partial', 'what the modules of this world need; no licence, no permissions'],
  ['view.close', 'full'],
  ['view.submit', 'partial', 'in a modal only; no module here has a form to submit'],
  ['view.onClose', 'full'],
  ['view.open', 'refused', 'false, so the package throws: no module here can be opened'],
  ['view.refresh', 'partial', 'issue panels only, elsewhere the package throws'],
  ['view.createHistory', 'partial', 'pages only; history.block is refused'],
  ['view.theme.enable', 'full'],
  ['view.changeWindowTitle', 'full'],
  ['view.emitReadyEvent', 'full', 'nothing here waits for it'],
  ['view.getFrameDispatch', 'refused', 'refused by name'],
  ['view.createAdfRendererIframeProps', 'partial', 'the package builds the address; nothing answers there'],
  ['router.getUrl', 'partial', 'Jira targets; content of Confluence is refused by name'],
  ['router.navigate', 'partial', 'as getUrl; addresses of this world lead to where it answers'],
  ['router.open', 'partial', 'as navigate'],
  ['router.reload', 'full'],
  ['Modal', 'full'],
  ['Modal#open', 'full', 'sizes, context, onClose, closing by Escape and overlay'],
  ['showFlag', 'full', 'with actions and close()'],
  ['events.emit', 'full'],
  ['events.on', 'full'],
  ['events.emitPublic', 'full', 'apart from emit; there is one app'],
  ['events.onPublic', 'full'],
  ...refused(NO_REALTIME, 'realtime.publish', 'realtime.subscribe'),
  ...refused(NO_REALTIME, 'realtime.publishGlobal', 'realtime.subscribeGlobal'),
  ['rovo.isEnabled', 'full', 'false: there is no Rovo here'],
  ['rovo.open', 'refused', 'false, so the package throws'],
  ['getCookieConsentPreferences', 'full', 'null: the host publishes none'],
  ...refused(NO_EGRESS_ADMIN, 'permissions.egress.get', 'permissions.egress.set'),
  ...refused(NO_EGRESS_ADMIN, 'permissions.egress.deleteDomain', 'permissions.egress.deleteGroup'),
  ...refused(NO_EGRESS_ADMIN, 'permissions.remote.get', 'permissions.remote.set'),
  // The package asks a resolver of the app for addresses, and a function cannot get any here.
  ...['objectStore.upload', 'objectStore.download', 'objectStore.getMetadata', 'objectStore.delete'].map(
    (call): Row => [call, 'partial', NO_OBJECT_STORE],
  ),
  ['createUploadPromises', 'partial', NO_OBJECT_STORE],
  ['FeatureFlags', 'refused', 'initialize() is refused by name'],
  ...refused('initialize() is refused by name', 'FeatureFlags#initialize', 'FeatureFlags#checkFlag'),
  ...local('FeatureFlags#shutdown', 'FeatureFlags#isInitialized'),
  ['frontendCustomMetrics.counter', 'refused', 'counting is refused by name'],
  ...local(
    'createPermissionUtils',
    'checkPermissions',
    'NavigationTarget',
    'Jira',
    'Confluence',
    'Bitbucket',
  ),
  ...local('i18n.resetTranslationsCache'),
  ...refused(NO_TRANSLATIONS, 'i18n.getTranslations', 'i18n.createTranslationFunction'),
];

/** Every call of the packages that an app may import. */
export const SDK_SURFACE: readonly SdkCall[] = [
  ...rows('@forge/api', API),
  ...rows('@forge/kvs', KVS),
  ...rows('@forge/events', EVENTS),
  ...rows('@forge/resolver', RESOLVER),
  ...rows('@forge/bridge', BRIDGE),
];

/** Commands of the bridge that no page answers: each is refused by its name. */
export const REFUSED_BRIDGE_COMMANDS = [
  '__permission__egressDeleteDomain',
  '__permission__egressDeleteGroup',
  '__permission__egressGet',
  '__permission__egressSet',
  '__permission__remoteGet',
  '__permission__remoteSet',
  'emitFrontendCustomMetric',
  'fetchRemote',
  'fetchUserRecommendations',
  'getFrameDispatch',
  'initFeatureFlags',
  'publishRealtimeChannel',
  'requestTeamworkGraph',
  'subscribeRealtimeChannel',
  'trackObjectStoreAction',
] as const;
