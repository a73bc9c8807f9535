/** Real bytes for seeded attachments: pictures, texts and a PDF, made here so that nothing binary lies in the repository. */
import { crc32, deflateSync } from 'node:zlib';

export interface SampleFile {
  mimeType: string;
  bytes: Buffer;
}

/** The bytes behind a sample name; the kind follows the ending, the picture's colour the name. */
export function sampleFile(name: string): SampleFile {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  switch (ending) {
    case 'png':
      return { mimeType: 'image/png', bytes: png(160, 90, colourOf(name)) };
    case 'pdf':
      return { mimeType: 'application/pdf', bytes: pdf(name) };
    case 'csv':
      return {
        mimeType: 'text/csv',
        bytes: Buffer.from('hour,requests,errors\n08,1204,3\n09,2210,41\n10,2342,118\n11,2290,9\n'),
      };
    case 'json':
      return {
        mimeType: 'application/json',
        bytes: Buffer.from('{"build":"5.8.2","flags":{"newCheckout":true}}\n'),
      };
    default:
      return { mimeType: 'text/plain', bytes: Buffer.from(logText(name)) };
  }
}

function logText(name: string): string {
  const lines = [
    'INFO  worker started',
    'WARN  queue depth 412',
    'ERROR timeout after 30000 ms',
    'INFO  retry 1 of 5',
  ];
  return `${lines.map((line, second) => `2026-11-12T08:1${second}:07Z ${line} (${name})`).join('\n')}\n`;
}

function colourOf(name: string): [number, number, number] {
  const sum = crc32(name);
  return [64 + (sum & 127), 64 + ((sum >> 8) & 127), 64 + ((sum >> 16) & 127)];
}

/** A picture of diagonal stripes in one colour. */
function png(width: number, height: number, [red, green, blue]: [number, number, number]): Buffer {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const lift = (x + y) % 24 < 12 ? 0 : 60;
      const at = y * (width * 3 + 1) + 1 + x * 3;
      raw[at] = red + lift;
      raw[at + 1] = green + lift;
      raw[at + 2] = blue + lift;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body) >>> 0);
  return Buffer.concat([length, body, sum]);
}

/** One page that says the file's name. */
function pdf(name: string): Buffer {
  const text = `BT /F1 18 Tf 40 780 Td (${name.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, position) => {
    const at = body.length;
    body += `${position + 1} 0 obj\n${object}\nendobj\n`;
    return String(at).padStart(10, '0');
  });
  const start = body.length;
  const entries = offsets.map((at) => `${at} 00000 n \n`).join('');
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}
