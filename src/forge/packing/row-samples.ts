/**
 * Rows like those that are stored, with made-up contents: what the row model learns from. What was packed after learning from them
 * is unpacked after learning from them, so they may never change.
 */

/** Rounds in which each row comes once, with other contents. */
const rounds = 2;
const hex = '0123456789abcdef';
const digits = '0123456789';
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** What stands for a made-up content: a capital names its letters, the number how many of them there are. */
const letters: Record<string, string> = { H: hex, D: digits, E: base32, S: base64 };
const madeUp = /%([HDES])(\d+)|%N|%T/g;

const head =
  '{"fence":%N,"ep":{"n":1,"id":"%E13"},"out":{"seq":%N,"ch":"%H64","acked":%N,"done":%N,"control":%N},"in":{"applied":%N},"counts":{"pairs":%N,"sent":%N,"received":%N},"audit":{"n":%N,"h":"%S32"},"credit":{"hour":50%D4,"left":%N},"heardAt":%T';
const rate = ',"rate":{"from":%T,"out":{"now":%N,"usual":%N},"in":{"now":%N,"usual":%N}}';
const lease = ',"owner":"%H16","until":%T}';
const incoming =
  '{"ep":{"n":1,"id":"%E13"},"seq":%N,"ch":"%H64","buffered":[],"ack":{"ep":{"n":1,"id":"%E13"},"seq":%N,"ch":"%H64","done":%N,"at":%N},"heardAt":%T,"home":"%H32"}';
const sent =
  '{"at":%T,"level":"info","text":"Sent changes of SUP-%N.","issueKey":"SUP-%N","audit":{"out":[{"seq":%N,"ep":"%E13","bh":"%S43","ops":[';
const received =
  '{"at":%T,"level":"info","text":"Received changes of GSD-%N.","issueKey":"GSD-%N","audit":{"in":[{"seq":%N,"ep":"%E13","bh":"%S43","ops":[';
const logged = ']}],"n":%N,"h":"%S32"}}';
const update =
  '{"op":"issue.update","pair":"%H32","slots":{"summary":"%S22","labels":"%S22","due-date":"%S22"}}';
const comment = '{"op":"comment.put","pair":"%H32","of":"%H32","is":"%S22"}';

const rows = [
  '{"at":%T}',
  `${head}}`,
  `${head}${lease}`,
  `${head}${rate}}`,
  `${head}${rate}${lease}`,
  incoming,
  `${sent}${update}${logged}`,
  `${received}${update}${logged}`,
  `${sent}${comment}${logged}`,
  `${received}${comment}${logged}`,
  '{"seq":%N,"at":%T,"changes":[{"pair":"%H32","key":"GSD-%N","slots":{"summary":{"is":"%H22","was":{"t":"text","v":"The lamp"}},"labels":{"is":"%H22","was":{"t":"set","v":["a"]}},"due-date":{"is":"%H22","was":{"t":"date","v":null}}}}]}',
  '{"seq":%N,"at":%T,"changes":[{"pair":"%H32","key":"GSD-%N","comment":"%H32"}]}',
  '{"pair":"%H32","origin":"there","hash":"","state":"creating","askedAt":%T}',
  '{"pair":"%H32","origin":"there","hash":"%H32","state":"there","local":"%D5"}',
  '{"pair":"%H32","origin":"here","local":"%D5","hash":"%H32","state":"there"}',
  '{"body":"{\\"ops\\":[{\\"op\\":\\"issue.update\\",\\"pair\\":\\"%H32\\",\\"mapping\\":\\"support\\",\\"seen\\":%N,\\"base\\":\\"%H32\\",\\"values\\":{\\"summary\\":{\\"t\\":\\"text\\",\\"v\\":\\"The lamp\\"},\\"priority\\":{\\"t\\":\\"option\\",\\"v\\":\\"v-1\\"}},\\"at\\":%T}]}"}',
  '{"body":"{\\"ops\\":[{\\"op\\":\\"comment.put\\",\\"pair\\":\\"%H32\\",\\"comment\\":\\"%H32\\",\\"body\\":{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"It is dark.\\"}]}]},\\"author\\":{\\"name\\":\\"Grace Hill\\"},\\"at\\":%T}]}"}',
];

/** A pair, and the same after little changed: how much of a patch is to be expected. */
const pair =
  '{"pair":"%H32","mapping":"support","type":"bug","local":{"id":"%D5","key":"SUP-%N"},"partner":{"key":"GSD-%N","url":"https://globex.atlassian.net/browse/GSD-%N"},"origin":"primary","state":"twinned","base":{"summary":{"t":"text","v":"The lamp"},"labels":{"t":"set","v":["a","b"]},"due-date":{"t":"date","v":"2026-12-24"},"priority":{"t":"option","v":"v-1"}}';
const tail = ',"inSeq":%N,"held":{},"lastSent":%T,"lastReceived":%T}';
const offer =
  ',"inSeq":%N,"held":{},"open":{"seq":%N,"values":{"priority":{"t":"option","v":"v-3"}},"at":%T},"lastSent":%T,"lastReceived":%T}';

/** Always the same texts. */
export function rowSamples(): string[] {
  const made = createMaker();
  const rounded = Array.from({ length: rounds }, () => rows.map(made)).flat();
  const pairs = Array.from({ length: rounds }, () => {
    const first = made(pair);
    return [
      first + made(tail),
      first.replace('The lamp', 'The lamp is dark') + made(tail),
      first.replace('"v-1"', '"v-3"') + made(offer),
    ];
  });
  return [...rounded, ...pairs.flat()];
}

function createMaker(): (row: string) => string {
  let seed = 12_345;
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed >>> 16) % limit;
  };
  const some = (set: string, count: number): string =>
    Array.from({ length: count }, () => set[below(set.length)]).join('');
  return (row) =>
    row.replace(madeUp, (what, letter: string | undefined, count: string | undefined) => {
      if (letter !== undefined) return some(letters[letter] ?? '', Number(count));
      return what === '%N' ? String(below(10 ** (1 + below(3)))) : `1${7_954 + below(300)}${some(digits, 8)}`;
    });
}
