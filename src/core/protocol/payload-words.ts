/**
 * What sealed messages have in common, the most frequent last: the preset dictionary of packed payloads (PROTOCOL.md). Every
 * partner unpacks with exactly this text: a change of it is a new form of payload.
 */
export const payloadWords = [
  '\\"op\\":\\"drift.ask\\",\\"check\\":\\"\\",\\"full\\":true,\\"count\\":1,\\"root\\":\\"',
  '\\"op\\":\\"issue.held\\",\\"slots\\":[{\\"slot\\":\\"\\",\\"reason\\":\\"This ',
  '\\"type\\":\\"bulletList\\",\\"listItem\\",\\"heading\\",\\"attrs\\":{\\"level\\":2},\\"mention\\",\\"marks\\":[{\\"type\\":\\"strong\\"}]',
  '\\"op\\":\\"attachment.put\\",\\"attachment\\":\\"\\",\\"name\\":\\"\\",\\"size\\":1,\\"mime\\":\\"image/png\\"',
  '\\"op\\":\\"worklog.put\\",\\"worklog\\":\\"\\",\\"started\\":17,\\"seconds\\":3600,',
  '\\"op\\":\\"comment.put\\",\\"pair\\":\\"\\",\\"comment\\":\\"\\",\\"body\\":{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"',
  '\\"}]}]},\\"author\\":{\\"name\\":\\"',
  '\\"op\\":\\"issue.twin\\",\\"at\\":{\\"key\\":\\"\\",\\"url\\":\\"https://.atlassian.net/browse/',
  '\\"op\\":\\"issue.create\\",\\"pair\\":\\"\\",\\"mapping\\":\\"\\",\\"type\\":\\"\\",\\"from\\":{\\"key\\":\\"\\",\\"url\\":\\"https://.atlassian.net/browse/',
  '{\\"t\\":\\"user\\",\\"v\\":{\\"id\\":\\"712020:\\",\\"mail\\":\\"\\",\\"name\\":\\"\\"}},{\\"t\\":\\"moment\\",\\"v\\":\\"2026-12-24T08:00:00.000Z\\"},{\\"t\\":\\"date\\",\\"v\\":null},{\\"t\\":\\"number\\",\\"v\\":1',
  '{\\"t\\":\\"adf\\",\\"v\\":{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"',
  '{\\"t\\":\\"option\\",\\"v\\":\\"v-1\\"},\\"labels\\":{\\"t\\":\\"set\\",\\"v\\":[\\"\\",\\"\\"]}',
  '{"v":1,"link":"","from":"","to":"","ep":{"n":1,"id":""},"lane":"main","kind":"ctl","seq":0,"ch":"","body":"{\\"ops\\":[]}","hi":1,',
  '{"v":1,"link":"","from":"","to":"","ep":{"n":1,"id":""},"lane":"main","kind":"batch","seq":1,"ch":"","body":"{\\"ops\\":[{\\"op\\":\\"issue.update\\",\\"pair\\":\\"\\",\\"mapping\\":\\"\\",\\"seen\\":0,\\"base\\":\\"\\",\\"values\\":{\\"summary\\":{\\"t\\":\\"text\\",\\"v\\":\\"\\"}},\\"at\\":17}]}","hi":1,"ack":{"ep":{"n":1,"id":""},"seq":1,"ch":"","done":1,"at":1},"created":179,"cap":{"bytes":235000,"features":[]}}',
].join('');
