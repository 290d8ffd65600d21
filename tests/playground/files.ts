import { crc32, deflateRawSync } from "node:zlib";

interface Packed {
  name: string;
  data: string | Uint8Array;
  /** Stored without compression. */
  plain?: boolean;
}

function header(values: [size: 2 | 4, value: number][]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of values) {
    buffer.writeUIntLE(value, at, size);
    at += size;
  }
  return buffer;
}

/** A zip archive. `claimed` is the unpacked size that its entries claim instead of their own. */
export function zipOf(files: Packed[], claimed?: number): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, data, plain } of files) {
    const raw = Buffer.from(data);
    const packed = plain ? raw : deflateRawSync(raw);
    const common: [2 | 4, number][] = [
      [2, 20],
      [2, 0],
      [2, plain ? 0 : 8],
      [4, 0],
      [4, crc32(raw)],
      [4, packed.length],
      [4, claimed ?? raw.length],
      [2, Buffer.byteLength(name)],
      [2, 0],
    ];
    const local = Buffer.concat([header([[4, 0x04034b50], ...common]), Buffer.from(name), packed]);
    central.push(
      header([[4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]),
      Buffer.from(name),
    );
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(central);
  const end = header([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
    [4, list.length],
    [4, at],
    [2, 0],
  ]);
  return new Uint8Array(Buffer.concat([...parts, list, end]));
}

const words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** A Word document with this in its body. */
export function docxOf(body: string): Uint8Array<ArrayBuffer> {
  return zipOf([
    { name: "[Content_Types].xml", data: "<Types/>" },
    {
      name: "word/document.xml",
      data: `<?xml version="1.0"?><w:document xmlns:w="${words}"><w:body>${body}</w:body></w:document>`,
    },
  ]);
}

/** A PDF with a line of text on each page, and what else its catalogue holds. */
export function pdfOf(lines: string[], catalogue = ""): Uint8Array<ArrayBuffer> {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, i) => `${4 + 2 * i} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...lines.flatMap((line, i) => {
      const stream = line === "" ? "" : `BT /F1 12 Tf 20 100 Td (${line}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`,
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** The head of a PNG of a size; its pixels are missing. */
export function pngHead(width: number, height: number): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(33);
  head.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return new Uint8Array(head);
}
