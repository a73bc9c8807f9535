/** The request by which a file is uploaded: any server reads the same file from it, however its bytes stand in memory. */
import { formRoom } from '#engine/ports/site-files';
import { jiraFiles } from '#jira/attachments';
import type { JiraRequest } from '#jira/jira-client';

const content = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 31) % 251);

/** The bytes in a buffer with room around them, as a fetch leaves them. */
function roomy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { before, after } = formRoom;
  const made = new Uint8Array(new ArrayBuffer(before + bytes.length + after), before, bytes.length);
  made.set(bytes);
  return made;
}

async function upload(name: string, mime: string, bytes: Uint8Array<ArrayBuffer>) {
  let sent: JiraRequest | undefined;
  const files = jiraFiles({
    async request(_path, init) {
      sent = init;
      return Response.json([{ id: '10000' }]);
    },
  });
  expect(await files.createFile('1', { name, mime, bytes })).toEqual({ ok: true, value: { id: '10000' } });
  const form = await new Response(sent?.body ?? '', { headers: sent?.headers ?? {} }).formData();
  const file = form.get('file') as unknown as File;
  return { sent, name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

test.each([
  ['bytes by themselves', 'a.txt', () => content.slice()],
  ['bytes with room around them', 'a.txt', () => roomy(content)],
  ['no bytes', 'a.txt', () => roomy(new Uint8Array(0))],
  ['a name that leaves no room', 'ä'.repeat(255), () => roomy(content)],
  ['a name that just fits', 'x'.repeat(300), () => roomy(content)],
  ['a name with marks', 'smoke "1".png', () => roomy(content)],
])('%s', async (what, name, bytes) => {
  const read = await upload(name, 'image/png', bytes());
  expect(read.name).toBe(name);
  expect(read.type).toBe('image/png');
  expect(read.bytes).toEqual(what === 'no bytes' ? new Uint8Array(0) : content);
});

test('a file with room around it is not copied', async () => {
  const bytes = roomy(content);
  const { sent } = await upload('a.txt', 'text/plain', bytes);
  expect(sent?.body).toBe(bytes.buffer);
});

test('a file that holds the boundary of another one is read whole', async () => {
  const text = `--${'-'.repeat(2)}\r\n----concord${'5042'.padStart(16, '0')}\r\n`;
  const tricky = new Uint8Array(5_042);
  tricky.set(Buffer.from(text), 10);
  expect((await upload('a.txt', 'text/plain', roomy(tricky))).bytes).toEqual(tricky);
});
