/**
 * What rows have in common, the most frequent last, where it is found fastest. Rows in the store were packed with exactly
 * these texts: neither may ever change.
 */
export const firstRowWords = [
  '{"level":"warning","text":"cannot be read any more. Its twin stays as it is."',
  '"reason":"The partner","next":"Correct the cause here, then choose Try again.","side":"here"',
  '"problem":"items":[{"id":"what":"The whole issue","issueId":"","comment":""}]',
  '{"type":"bulletList","content":[{"type":"listItem","content":[',
  '{"type":"heading","attrs":{"level":2},"content":[{"type":"mention","attrs":{"id":"',
  '{"type":"codeBlock","attrs":{"language":"","marks":[{"type":"strong"}]',
  '"waits":{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"',
  '"backfill":{"choice":"{\\"mode\\":\\"jql\\",\\"jql\\":\\"project = ","cursor":"","found":0,"done":0,"finished":false,"total":',
  '"page":{"ids":["10001","10002"],"size":50,"next":""},"sent":[{"seq":1,"size":50}],"pace":[{"at":17,"there":0}],"waits":true}',
  '"intent":{"highestNumber":0,"at":17,"without":[]},"state":"creating"',
  '"heldWhole":{"side":"partner","reason":"","at":17},"conflicts":{',
  '"held":{"slot":{"side":"here","value":{"t":"text","v":""},"local":{"t":"option","v":"","reason":"","at":17}},',
  '{"pair":"","origin":"here","local":"10100","hash":"","state":"there","askedAt":17}',
  '{"body":"{\\"ops\\":[{\\"op\\":\\"comment.put\\",\\"pair\\":\\"\\",\\"comment\\":\\"\\",\\"body\\":{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"\\"}]}]},\\"author\\":{\\"name\\":\\"\\"},\\"at\\":17',
  '{\\"op\\":\\"issue.create\\",\\"pair\\":\\"\\",\\"mapping\\":\\"\\",\\"type\\":\\"\\",\\"values\\":{\\"from\\":{\\"key\\":\\"\\",\\"url\\":\\"https://',
  '{\\"op\\":\\"issue.twin\\",\\"pair\\":\\"\\",\\"seq\\":1,\\"at\\":{\\"key\\":\\"\\",\\"url\\":\\"https://',
  '{"body":"{\\"ops\\":[{\\"op\\":\\"issue.update\\",\\"pair\\":\\"\\",\\"mapping\\":\\"\\",\\"seen\\":0,\\"base\\":\\"\\",\\"values\\":{\\"summary\\":{\\"t\\":\\"text\\",\\"v\\":\\"\\"},\\"labels\\":{\\"t\\":\\"set\\",\\"v\\":[\\"\\",\\"\\"]},{\\"t\\":\\"option\\",\\"v\\":\\"v-1\\"},{\\"t\\":\\"adf\\",\\"v\\":{\\"t\\":\\"date\\",\\"v\\":\\"2026-12-24\\"}},\\"at\\":17',
  '"}]},{"type":"paragraph","content":[{"type":"text","text":"',
  '"users":{"t":"users","v":[{"id":"712020:","mail":"","name":""}]},{"t":"user","v":null},{"t":"number","v":null},{"t":"moment","v":"2026-11-20T10:15:00.000Z"}',
  '{"t":"time","v":{"original":null,"remaining":null}},{"t":"issue","v":null},{"t":"date","v":null}',
  '"summary":{"t":"text","v":"","description":{"t":"adf","v":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"',
  '"priority":{"t":"option","v":"v-1"},"status":{"t":"option","v":"v-0"},"labels":{"t":"set","v":["',
  '"components":{"t":"set","v":[]},"fix-versions":{"t":"set","v":["=',
  '"due-date":{"t":"date","v":"2026-12-24"},"assignee":{"t":"user","v":{"id":"v-',
  ',"open":{"seq":1,"values":{},"at":17,"times":{}},"inSeq":0,"held":{},"lastSent":17,"lastReceived":17',
  '{"pair":"","mapping":"","type":"","local":{"id":"10001","key":"SUP-1"},"partner":{"key":"GSD-1","url":"https://globex.atlassian.net/browse/"},"origin":"primary","state":"twinned","base":{"secondary","state":"offered","base":{},',
  '{"level":"info","text":"Received changes of ","issueKey":"","at":17',
  '{"level":"info","text":"Sent changes of ","issueKey":"","at":17',
  '{"hints":[],"control":1,"salt":"',
  '{"ep":{"n":1,"id":""},"seq":1,"ch":"","buffered":[],"ack":{"ep":{"n":1,"id":""},"seq":1,"ch":"","done":1,"at":1},"heardAt":17',
  '"waiting":["","overflow":true,"pausedUntil":17,"backgroundUntil":17,"tries":1,"nextAt":17',
  '{"fence":1,"ep":{"n":1,"id":""},"out":{"seq":1,"ch":"","acked":1,"done":1,"control":1},"in":{"applied":1,"ops":1},"counts":{"pairs":0,"sent":0,"received":0},"heardAt":179500000,"credit":{"hour":498,"left":1},"owner":"","until":17',
].join('');

/** Of rows of the second form: their hashes vary, so only what stands around them helps. */
export const rowWords =
  firstRowWords +
  [
    '{"pair":"","origin":"there","hash":"","state":"creating","askedAt":17',
    '{"pair":"","origin":"here","local":"11016","hash":"","state":"there"}',
    '{"hour":49,"left":0,"used":0,"limit":65000,"blocks":{"',
    '{"op":"issue.create","pair":"","mapping":"","values":{',
    '{"seq":1,"at":17954,"changes":[{"pair":"","key":"","made":true},"comment":"',
    '{"seq":1,"at":17954,"changes":[{"pair":"","key":"","slots":{"summary":{"is":"","was":{"t":"text","v":"","labels":{"is":"","was":{"t":"set","v":["","description":{"is":"","was":{"t":"adf","v":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"',
    '{"at":17954,"level":"info","text":"Received changes of SUP-10, SUP-11.","issueKey":"GSD-","audit":{"in":[{"seq":1,"ep":"","bh":"","ops":[{"op":"comment.delete","pair":"","of":"","is":"',
    '{"op":"comment.put","pair":"","of":"","is":"',
    '{"at":17954,"level":"info","text":"Sent changes of SUP-","issueKey":"SUP-","audit":{"out":[{"seq":1,"ep":"","bh":"","ops":[{"op":"issue.update","pair":"","slots":{"description":"","labels":"","priority":"","summary":"',
    '"}}]}],"n":1,"h":"',
    '{"body":"{\\"ops\\":[{\\"op\\":\\"comment.put\\",\\"pair\\":\\"\\",\\"comment\\":\\"\\",\\"body\\":{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"\\"}]}]},\\"author\\":{\\"name\\":\\"\\"},\\"at\\":17954',
    '{"body":"{\\"ops\\":[{\\"op\\":\\"comment.delete\\",\\"pair\\":\\"\\",\\"comment\\":\\"\\"}]}"}',
    '{"body":"{\\"ops\\":[{\\"op\\":\\"issue.update\\",\\"pair\\":\\"\\",\\"mapping\\":\\"\\",\\"seen\\":0,\\"base\\":\\"\\",\\"values\\":{\\"summary\\":{\\"t\\":\\"text\\",\\"v\\":\\"\\"}},\\"at\\":17954',
    '{"sealed":"\u0002700;","ch":"\u0001\u0020',
    '"}},"inSeq":0,"held":{},"lastSent":17954,"lastReceived":17954,"open":{"seq":1,"values":{"',
    '"},"seq":1,"ch":"\u0001\u0020","buffered":[],"ack":{"ep":{"n":1,"id":"","seq":1,"ch":"\u0001\u0020","done":1,"at":1},"heardAt":17954,"home":"\u0001\u0010',
    '{"fence":1,"ep":{"n":1,"id":"","out":{"seq":1,"ch":"\u0001\u0020","acked":1,"done":1,"control":1},"in":{"applied":1},"counts":{"pairs":1,"sent":1,"received":0},"audit":{"n":1,"h":"","credit":{"hour":4987,"left":},"heardAt":17954',
    ',"owner":"","until":17954',
  ].join('');
